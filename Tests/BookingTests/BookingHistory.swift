import Booking
import Synchronization
import TestRig
import Testing

/// A random history: intents from the web, and people who book, move and cancel in the journal and the platform behind
/// the sagas' backs; sagas step in any order, lose answers, lose calls and crash after a call.
struct BookingHistory {
  private let trial: BookingTrial
  private var chance: Seeded
  private var open: [String] = []
  private var intents: [BookingIntent] = []
  private var outcomes: [String: BookingSaga.Outcome] = [:]
  private var bookings: [String] = []

  init(_ trial: BookingTrial, seed: UInt64) {
    self.trial = trial
    chance = Seeded(seed: seed)
  }

  private mutating func any(_ count: Int) -> Int { Int.random(in: 0..<count, using: &chance) }

  /// Few slots, so that they are fought for.
  private mutating func slot() -> String { "s\(any(5))" }

  mutating func happen() async throws {
    for number in 0..<120 {
      if number < 80, any(4) == 0 { try await intend(number) }
      if any(5) == 0 {
        let fault = [(false, false), (true, false)][any(2)]
        trial.systems.state.withLock { $0.faults = [fault] }
      }
      if any(25) == 0 { trial.reopen() }
      if !open.isEmpty { try await step(open[any(open.count)]) }
    }
  }

  private mutating func intend(_ number: Int) async throws {
    let origin = BookingIntent.Origin.allCases[any(3)]
    let time = BookedTime(slot: slot(), patient: "p\(any(3))")
    let isNew = bookings.isEmpty || any(2) == 0
    let booking = isNew ? "b\(number)" : bookings[any(bookings.count)]
    let wish: BookingIntent.Wish = isNew ? .book(time) : any(2) == 0 ? .cancel : .move(to: time.slot)
    guard origin == .web || act(origin, booking, wish) else { return }
    if isNew { bookings.append(booking) }
    let intent = BookingIntent(id: "i\(number)", booking: booking, origin: origin, wish: wish)
    try await trial.ledger.begin(intent)
    intents.append(intent)
    open.append(intent.id)
  }

  /// What people do in their own system, if it lets them.
  private func act(_ origin: BookingIntent.Origin, _ booking: String, _ wish: BookingIntent.Wish) -> Bool {
    trial.systems.state.withLock { state in
      if origin == .journal {
        switch wish {
        case .book(let time):
          guard state.perform(.reserve(time), booking) == .done else { return false }
          return state.perform(.confirm, booking) == .done
        // Not while somebody is booking or moving it: the journal shows it as reserved.
        case .move(let slot):
          guard let entry = state.journal[booking], entry.isConfirmed, entry.held == nil else { return false }
          return state.perform(.change(slot: slot), booking) == .done
        case .cancel:
          guard state.journal[booking] != nil else { return false }
          return state.perform(.annul, booking) == .done
        }
      }
      switch wish {
      case .book(let time):
        state.registered.insert(time.patient)
        state.platform[booking] = time
      case .move(let slot):
        guard let time = state.platform[booking] else { return false }
        state.platform[booking] = BookedTime(slot: slot, patient: time.patient)
      case .cancel:
        guard state.platform[booking] != nil else { return false }
        state.platform[booking] = nil
      }
      return true
    }
  }

  private mutating func step(_ id: String) async throws {
    switch try await trial.ledger.step(id, with: trial.systems) {
    case .ended(let outcome):
      outcomes[id] = outcome
      open.removeAll { $0 == id }
    case .stuck: #expect(try await trial.ledger.resume(id))
    case .goesOn, .waits, .unknown: break
    }
    noSlotIsDoubled()
  }

  private func noSlotIsDoubled() {
    trial.systems.state.withLock { state in
      let slots = state.journal.values.flatMap { [$0.slot] + ($0.held.map { [$0] } ?? []) }
      #expect(Set(slots).count == slots.count)
    }
  }

  /// Faults end, and every saga goes to its end.
  mutating func settle() async throws {
    trial.systems.state.withLock { $0.faults = [] }
    for _ in 0..<400 where !open.isEmpty {
      for id in open { try await step(id) }
    }
    #expect(open.isEmpty)
  }

  func check() {
    trial.systems.state.withLock { state in
      // The systems agree: the same bookings at the same times, none of them half made.
      #expect(state.platform == state.journal.mapValues { BookedTime(slot: $0.slot, patient: $0.patient) })
      #expect(state.journal.values.allSatisfy { $0.isConfirmed && $0.held == nil })
      // None vanished: what was booked is there, unless somebody cancelled it; what was refused is not.
      for intent in intents {
        guard case .book(let time) = intent.wish else { continue }
        let isCancelled = intents.contains { $0.booking == intent.booking && $0.wish == .cancel }
        if outcomes[intent.id] == .accepted, !isCancelled {
          #expect(state.journal[intent.booking]?.patient == time.patient)
        }
        if case .refused = outcomes[intent.id] { #expect(state.journal[intent.booking] == nil) }
      }
    }
  }
}
