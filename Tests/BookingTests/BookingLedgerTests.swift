import Booking
import Synchronization
import Testing

/// What the ledger keeps beside the sagas: locks of slots, names of bookings, and for how long.
struct BookingLedgerTests {
  private static func beginning(_ id: String, _ wish: BookingIntent.Wish, slot: String?) -> BookingBeginning {
    let intent = BookingIntent(id: "\(id)-\(wish)", booking: id, origin: .web, wish: wish)
    return BookingBeginning(intent, dossier: [1], names: ["system|\(id)"], slot: slot)
  }

  private static func book(_ id: String, _ slot: String) -> BookingBeginning {
    beginning(id, .book(BookedTime(slot: slot, patient: "p")), slot: slot)
  }

  private func run(_ trial: BookingTrial, _ beginning: BookingBeginning) async throws -> BookingSaga.Outcome?
  {
    #expect(try await trial.ledger.begin(beginning) == .begun)
    for _ in 0..<50 {
      if case .ended(let outcome) = try await trial.ledger.step(beginning.intent.id, with: trial.systems) {
        return outcome
      }
    }
    return nil
  }

  @Test("A slot is one booking's from the beginning of its saga, moves with it, and is free when it is over")
  func locks() async throws {
    let trial = try BookingTrial()
    let first = Self.book("a", "s1")
    #expect(try await trial.ledger.begin(first) == .begun)
    #expect(try await trial.ledger.begin(first) == .known)
    #expect(try await trial.ledger.begin(Self.book("b", "s1")) == .taken(by: "a"))
    while case .goesOn = try await trial.ledger.step(first.intent.id, with: trial.systems) {}
    #expect(try trial.ledger.owner(ofSlot: "s1") == "a" && trial.ledger.file("a").time?.slot == "s1")
    #expect(try await run(trial, Self.beginning("a", .move(to: "s2"), slot: "s2")) == .accepted)
    #expect(try trial.ledger.owner(ofSlot: "s1") == nil && trial.ledger.owner(ofSlot: "s2") == "a")
    trial.reopen()
    #expect(try await trial.ledger.begin(Self.book("c", "s2")) == .taken(by: "a"))
    #expect(try await run(trial, Self.beginning("a", .cancel, slot: nil)) == .accepted)
    #expect(try trial.ledger.owner(ofSlot: "s2") == nil && trial.ledger.file("a").time == nil)
  }

  @Test("What is refused frees its slot")
  func refusal() async throws {
    let trial = try BookingTrial()
    trial.systems.state.withLock { $0.refusing = ["a"] }
    #expect(try await run(trial, Self.book("a", "s1")) == .refused("not here"))
    #expect(try trial.ledger.owner(ofSlot: "s1") == nil)
  }

  @Test("A booking that is taken back is nowhere, even where the journal has confirmed it and nobody knows")
  func takenBack() async throws {
    let trial = try BookingTrial()
    let beginning = Self.book("a", "s1")
    let id = beginning.intent.id
    try await trial.ledger.begin(beginning)
    for _ in 0..<3 { #expect(try await trial.ledger.step(id, with: trial.systems) == .goesOn) }
    // Confirmed, and the answer gets lost.
    trial.systems.state.withLock { $0.faults = [(true, false)] }
    #expect(try await trial.ledger.step(id, with: trial.systems) == .unanswered(1))
    #expect(try await trial.ledger.abandon(id, because: "late"))
    #expect(try await !trial.ledger.abandon(id, because: "late"))
    while case .goesOn = try await trial.ledger.step(id, with: trial.systems) {}
    #expect(try trial.ledger.saga(id)?.outcome == .refused("late"))
    trial.systems.state.withLock { #expect($0.journal.isEmpty && $0.platform.isEmpty) }
    #expect(try trial.ledger.owner(ofSlot: "s1") == nil)
  }

  @Test("What ended is forgotten with its names and locks, and what goes on is not")
  func forgetting() async throws {
    let trial = try BookingTrial()
    #expect(try await run(trial, Self.book("a", "s1")) == .accepted)
    try await trial.ledger.begin(Self.book("b", "s2"))
    #expect(try trial.ledger.booking(named: "system|a") == "a")
    #expect(try await trial.ledger.forget(before: .max) == 2)
    #expect(try trial.ledger.booking(named: "system|a") == nil && trial.ledger.owner(ofSlot: "s1") == nil)
    #expect(try trial.ledger.open().map(\.saga.intent.booking) == ["b"])
    #expect(try trial.ledger.owner(ofSlot: "s2") == "b")
  }
}
