/// One intent on its way through the systems: pure, so that what it does follows from what it was told.
///
/// The journal is the system of record. The saga first brings the intent there, then to the platform, then
/// confirms it; a refusal undoes what was done, last things first. At its end, whatever happened, it looks
/// at what the journal has and sees to it that the platform has the same. That is the rule for conflicts:
/// what the journal has taken counts, so of two who want one slot the one whom the journal served first has
/// it, and a change that was made in the platform alone is taken back there when the journal refuses it.
///
/// Of one booking one saga runs at a time; see ``BookingLedger``.
public struct BookingSaga: Codable, Hashable, Sendable {
  /// How it ended.
  public enum Outcome: Codable, Hashable, Sendable {
    case accepted
    /// Why not; for people, without patient data.
    case refused(String)
  }

  /// Where it stands.
  enum Phase: Codable, Hashable, Sendable {
    /// At this step of the plan.
    case forward(Int)
    /// Undoing, at this step of what undoes.
    case undoing(Int)
    /// Looking at the journal, then telling the platform.
    case looking
    case settling([BookingCommand])
    case ended
  }

  /// So often a call is repeated until a person looks at it.
  public static let patience = 8

  /// What it is about.
  public let intent: BookingIntent
  private(set) var phase: Phase
  /// How many calls are settled: with the saga's id the key of the one at hand.
  public private(set) var calls = 0
  /// How often the call at hand came to nothing.
  public private(set) var attempts = 0
  /// Why it goes no further until a person resumes it; nil as long as it does.
  public private(set) var stuck: String?
  /// What it comes to; certain once it ended.
  public private(set) var outcome = Outcome.accepted
  /// Whether it was given up before the journal had confirmed it: then nobody has the booking, even if the
  /// journal did.
  public private(set) var isTakenBack = false

  /// A saga that has done nothing.
  public init(_ intent: BookingIntent) {
    self.intent = intent
    phase = Self.plan(intent).isEmpty ? .looking : .forward(0)
  }

  /// Whether all is done.
  public var isEnded: Bool { phase == .ended }

  /// Whether the journal has done what was wanted, so that it can be answered for.
  public var isConfirmed: Bool {
    switch phase {
    case .looking, .settling, .ended: outcome == .accepted
    case .forward, .undoing: false
    }
  }

  /// The call that comes next; nil when it ended or is stuck.
  public var command: BookingCommand? { stuck == nil ? awaited : nil }

  /// The call that it is at, stuck or not; nil when it ended.
  public var awaited: BookingCommand? {
    switch phase {
    case .forward(let step): return Self.plan(intent)[step]
    case .undoing(let step): return undoing[step]
    case .looking: return .look
    case .settling(let commands): return commands.first
    case .ended: return nil
    }
  }

  /// Takes in what came of ``command``.
  public mutating func receive(_ reply: BookingReply) {
    guard command != nil else { return }
    switch reply {
    case .done, .found:
      calls += 1
      advance(reply)
    case .refused(let reason):
      calls += 1
      turn(reason)
    case .unknown:
      attempts += 1
      if attempts >= Self.patience { stuck = "no answer" }
    }
  }

  /// Goes on after a person has seen to what was wrong, or when it is time to ask again. What the platform
  /// would not have is looked at anew, for people may have changed it in the journal.
  public mutating func resume() {
    stuck = nil
    attempts = 0
    if case .settling = phase {
      calls += 1
      phase = .looking
    }
  }

  /// Whether it is stuck because nobody answers.
  public var isUnanswered: Bool { stuck != nil && attempts >= Self.patience }

  /// Takes back what has not come to the journal's confirmation: it ends as refused, for that reason.
  /// - Returns: false when it can't be, since it has done too much, has ended or did not begin with us.
  mutating func abandon(because reason: String) -> Bool {
    guard intent.origin == .web, case .forward(let step) = phase, Self.mayTurn(intent, at: step) else {
      return false
    }
    resume()
    isTakenBack = true
    calls += 1
    outcome = .refused(reason)
    phase = undoing.isEmpty ? .looking : .undoing(0)
    return true
  }

  // MARK: steps

  private mutating func advance(_ reply: BookingReply) {
    attempts = 0
    switch phase {
    case .forward(let step):
      phase = step + 1 < Self.plan(intent).count ? .forward(step + 1) : .looking
    case .undoing(let step):
      phase = step + 1 < undoing.count ? .undoing(step + 1) : .looking
    case .looking:
      guard case .found(let time) = reply else { return }
      if isTakenBack, case .move(let slot) = intent.wish, time?.slot == slot { outcome = .accepted }
      phase = .settling(time.map { [.register(patient: $0.patient), .place($0)] } ?? [.withdraw])
    case .settling(let commands): phase = commands.count > 1 ? .settling(Array(commands.dropFirst())) : .ended
    case .ended: break
    }
  }

  /// A refusal on the way forward undoes; one of what undoes or settles waits for a person.
  private mutating func turn(_ reason: String) {
    guard case .forward(let step) = phase, Self.mayTurn(intent, at: step) else {
      stuck = reason
      return
    }
    attempts = 0
    outcome = .refused(reason)
    phase = undoing.isEmpty ? .looking : .undoing(0)
  }

  /// Once the platform has cancelled for the web, the journal has to follow.
  private static func mayTurn(_ intent: BookingIntent, at step: Int) -> Bool {
    !(intent.origin == .web && intent.wish == .cancel && step > 0)
  }

  private static func plan(_ intent: BookingIntent) -> [BookingCommand] {
    switch (intent.origin, intent.wish) {
    case (.journal, _): []
    case (.web, .book(let time)): [.reserve(time), .register(patient: time.patient), .place(time), .confirm]
    case (.web, .move(let slot)): [.hold(slot: slot), .shift(slot: slot), .confirm]
    case (.web, .cancel): [.withdraw, .annul]
    case (.platform, .book(let time)): [.reserve(time), .confirm]
    case (.platform, .move(let slot)): [.change(slot: slot)]
    case (.platform, .cancel): [.annul]
    }
  }

  /// What is not there need not be undone, and doing so harms nothing: nobody knows how far the last call
  /// came.
  private var undoing: [BookingCommand] {
    switch (intent.origin, intent.wish) {
    case (.web, .book) where isTakenBack: [.annul]
    case (.web, .book), (.web, .move), (.platform, .book): [.release]
    default: []
    }
  }
}
