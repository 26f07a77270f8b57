import Booking
import Foundation
import Store
import Synchronization
import TestRig
import Testing

/// Bookings from three sides, through a real store, with faults at any step.
struct BookingSagaTests {
  private static func book(_ id: String, _ slot: String, _ patient: String = "p") -> BookingIntent {
    BookingIntent(
      id: "i-\(id)", booking: id, origin: .web, wish: .book(BookedTime(slot: slot, patient: patient)))
  }

  private func run(_ ledger: BookingLedger, _ id: String, _ systems: SimulatedSystems) async throws
    -> BookingLedger.Progress
  {
    for _ in 0..<100 {
      let progress = try await ledger.step(id, with: systems)
      if case .unanswered = progress { continue }
      if progress != .goesOn { return progress }
    }
    return .goesOn
  }

  @Test("A booking is reserved in the journal, made in the platform after its patient, and confirmed")
  func booking() async throws {
    let trial = try BookingTrial()
    #expect(try await trial.ledger.begin(Self.book("b", "s1")) == .begun)
    #expect(try await trial.ledger.begin(Self.book("b", "s1")) == .known)
    #expect(try await run(trial.ledger, "i-b", trial.systems) == .ended(.accepted))
    trial.systems.state.withLock { state in
      #expect(state.journal["b"] == .init(patient: "p", slot: "s1", isConfirmed: true))
      #expect(state.platform["b"] == BookedTime(slot: "s1", patient: "p"))
    }
    #expect(try await trial.ledger.step("i-none", with: trial.systems) == .unknown)
    #expect(try await trial.ledger.forget("i-b"))
    #expect(try trial.ledger.sagas(limit: 10).isEmpty)
  }

  @Test(
    "What the platform refuses is undone in the journal, and a taken slot is refused before the platform hears"
  )
  func refusals() async throws {
    let trial = try BookingTrial()
    trial.systems.state.withLock { $0.refusing = ["a"] }
    for intent in [Self.book("a", "s1"), Self.book("b", "s1"), Self.book("c", "s1", "q")] {
      try await trial.ledger.begin(intent)
    }
    #expect(try await run(trial.ledger, "i-a", trial.systems) == .ended(.refused("not here")))
    #expect(try await run(trial.ledger, "i-b", trial.systems) == .ended(.accepted))
    #expect(try await run(trial.ledger, "i-c", trial.systems) == .ended(.refused("taken")))
    trial.systems.state.withLock { state in
      #expect(Array(state.journal.keys) == ["b"] && Array(state.platform.keys) == ["b"])
      #expect(state.registered == ["p"])
    }
  }

  @Test(
    "A move that the platform refuses leaves the booking at its old time everywhere, and the new one free")
  func refusedMove() async throws {
    let trial = try BookingTrial()
    try await trial.ledger.begin(Self.book("a", "s1"))
    #expect(try await run(trial.ledger, "i-a", trial.systems) == .ended(.accepted))
    trial.systems.state.withLock { $0.refusing = ["a"] }
    try await trial.ledger.begin(
      BookingIntent(id: "m", booking: "a", origin: .web, wish: .move(to: "s2")))
    #expect(try await run(trial.ledger, "m", trial.systems) == .ended(.refused("not then")))
    trial.systems.state.withLock { state in
      #expect(state.journal["a"]?.slot == "s1" && state.owner(of: "s2") == nil)
      #expect(state.platform["a"]?.slot == "s1")
    }
  }

  @Test(
    "A saga without answers is stuck where people see it, holds later ones of its booking, and goes on when told"
  )
  func stuck() async throws {
    let trial = try BookingTrial()
    try await trial.ledger.begin(Self.book("a", "s1"))
    try await trial.ledger.begin(BookingIntent(id: "x", booking: "a", origin: .web, wish: .cancel))
    trial.systems.state.withLock { $0.faults = Array(repeating: (false, false), count: BookingSaga.patience) }
    #expect(try await run(trial.ledger, "i-a", trial.systems) == .stuck("no answer"))
    #expect(try await run(trial.ledger, "x", trial.systems) == .waits)
    #expect(try trial.ledger.sagas(limit: 10).filter { $0.stuck != nil }.map(\.intent.id) == ["i-a"])
    trial.reopen()
    #expect(try await trial.ledger.resume("i-a"))
    #expect(try await run(trial.ledger, "i-a", trial.systems) == .ended(.accepted))
    #expect(try await run(trial.ledger, "x", trial.systems) == .ended(.accepted))
    trial.systems.state.withLock { #expect($0.journal.isEmpty && $0.platform.isEmpty) }
  }

  @Test(
    "Over any interleaving of three sides with faults at any step the systems agree in the end, no slot is doubled, no booking vanishes",
    arguments: 1...30 as ClosedRange<UInt64>)
  func interleavings(_ seed: UInt64) async throws {
    var history = BookingHistory(try BookingTrial(), seed: seed)
    try await history.happen()
    try await history.settle()
    history.check()
  }

  @Test(
    "Likewise where they are kept in PostgreSQL",
    .enabled(if: PostgreSQLServer.isInstalled, "scripts/setup installs PostgreSQL"),
    arguments: 31...34 as ClosedRange<UInt64>)
  func interleavingsOnPostgreSQL(_ seed: UInt64) async throws {
    var history = BookingHistory(try BookingTrial(onPostgreSQL: true), seed: seed)
    try await history.happen()
    try await history.settle()
    history.check()
  }
}
