import Booking
import Foundation
import Formats
import Store
import TestRig
import Testing

@testable import Gateway

/// A random history before the real adapters: intents from the web, people who book, move and cancel in the
/// journal and on the platform behind the sagas' backs, questions and answers that get lost, and a gateway
/// that is stopped and goes on from what is on disk.
final class NeighbourHistory {
  private static let mappings = Result {
    try MappingReload(RepositoryFolder.path + "/Mappings", limits: ReadingLimits(bytes: 1 << 20)) { _ in }
      .current
  }

  private let neighbours: BookingNeighbours
  private let systems: NeighbourSystems
  private let folder: TemporaryFolder
  private var store: SQLiteMessageStore
  private var ledger: BookingLedger
  private var chance: Seeded
  private let day = BookingDay()
  private var open: [String] = []
  private var intents: [BookingIntent] = []
  private var outcomes: [String: BookingSaga.Outcome] = [:]
  private var bookings: [String] = []

  init(seed: UInt64) throws {
    neighbours = try BookingNeighbours()
    folder = try TemporaryFolder()
    store = try SQLiteMessageStore(path: folder.path + "/store.sqlite")
    ledger = BookingLedger(store)
    chance = Seeded(seed: seed)
    let configuration = try GatewayConfiguration(
      text: "systems: anybody\ntargets:\n" + neighbours.targets, named: "sluss.yaml")
    let rules = try #require(try BookingRules.load(RepositoryFolder.path + "/Mappings"))
    let line = { (target: String) in
      try #require(try configuration.targets[target]?.bookingLine())
    }
    systems = NeighbourSystems(
      first: rules, current: try Self.mappings.get(), journal: try line(rules.journal.target),
      platform: try line(rules.platform.target), now: { 1_795_000_000_000 })
  }

  deinit { store.close() }

  private func any(_ count: Int) -> Int { Int.random(in: 0..<count, using: &chance) }

  func happen(_ steps: Int) async throws {
    for number in 0..<steps {
      if number < steps * 2 / 3, any(3) == 0 { try await intend(number) }
      if any(6) == 0 { try fault() }
      if any(25) == 0 { try reopen() }
      if !open.isEmpty { try await step(open[any(open.count)]) }
    }
  }

  private func fault() throws {
    let fault = ["before", "after"][any(2)]
    if any(2) == 0 {
      try neighbours.journalFault([fault: 1])
    } else {
      try neighbours.platformFault([fault: 1])
    }
  }

  /// As after a crash: only what is on disk is left.
  private func reopen() throws {
    store.close()
    store = try SQLiteMessageStore(path: folder.path + "/store.sqlite")
    ledger = BookingLedger(store)
  }

  // MARK: intents

  private func intend(_ number: Int) async throws {
    let origin = BookingIntent.Origin.allCases[any(3)]
    let time = BookedTime(slot: slotName(any(5)), patient: BookingDay.patients[any(3)])
    let isNew = bookings.isEmpty || any(2) == 0
    let booking = isNew ? "b\(number)" : bookings[any(bookings.count)]
    let wish: BookingIntent.Wish = isNew ? .book(time) : any(2) == 0 ? .cancel : .move(to: time.slot)
    guard try origin == .web || act(origin, booking, wish) else { return }
    if isNew { bookings.append(booking) }
    let intent = BookingIntent(id: "i\(number)", booking: booking, origin: origin, wish: wish)
    var beginning = BookingBeginning(intent, dossier: try dossier(booking, wish))
    if origin == .web {
      switch wish {
      case .book(let time): beginning.slot = time.slot
      case .move(let slot): beginning.slot = slot
      case .cancel: break
      }
    }
    guard try await ledger.begin(beginning) == .begun else {
      bookings.removeAll { isNew && $0 == booking }
      return
    }
    intents.append(intent)
    open.append(intent.id)
  }

  private func slotName(_ number: Int) -> String { "urn:sluss:visiba:slot|S-\(number)" }

  private func number(ofSlot name: String) -> Int { name.last?.wholeNumberValue ?? 0 }

  /// What the gateway knows of a booking then, as from a request or a message.
  private func dossier(_ booking: String, _ wish: BookingIntent.Wish) throws -> [UInt8]? {
    let kept = BookingDossier(kept: try ledger.file(booking).dossier)
    let patient = kept?.patient ?? BookingDay.patients[0]
    switch wish {
    case .book(let time): return try #require(told(booking, time)).bytes
    case .cancel: return kept?.bytes
    case .move(let slot):
      var dossier = kept
      if let other = told(booking, BookedTime(slot: slot, patient: patient)) { dossier?.noteTime(of: other) }
      return dossier?.bytes
    }
  }

  private func told(_ booking: String, _ time: BookedTime) -> BookingDossier? {
    let number = number(ofSlot: time.slot)
    return BookingDossier(
      bundle: Array(
        """
        {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Appointment", "status": "booked",
        "identifier": [{"system": "urn:sluss:booking", "value": "\(booking)"}],
        "slot": [{"identifier": {"system": "urn:sluss:visiba:slot", "value": "S-\(number)"}}],
        "start": "\(day.instant(number))", "end": "\(day.instant(number + 1))",
        "participant": [{"actor": {"reference": "Patient/p"}, "status": "accepted"}, {"type": [{"coding": [{"system":
        "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "LOC"}]}], "actor": {"identifier": {"system":
        "urn:oid:1.2.752.129.2.1.4.1", "value": "\(BookingDay.unit)"}}, "status": "accepted"}]}}, {"resource": {"resourceType":
        "Patient", "id": "p", "identifier": [{"use": "official", "system": "http://electronichealth.se/identifier/personnummer",
        "value": "\(time.patient)"}], "name": [{"use": "official", "family": "Tolvansson", "given": ["Tolvan"]}]}}]}
        """.utf8))
  }

  /// What people do in their own system, if it lets them.
  private func act(_ origin: BookingIntent.Origin, _ booking: String, _ wish: BookingIntent.Wish) throws
    -> Bool
  {
    var deed: [String: Any] = ["booking": booking]
    let place = { (slot: String) in
      let number = self.number(ofSlot: slot)
      deed["slot"] = "S-\(number)"
      deed["start"] = origin == .journal ? self.day.local(number) : self.day.instant(number)
      deed["end"] = origin == .journal ? self.day.local(number + 1) : self.day.instant(number + 1)
    }
    switch wish {
    case .book(let time):
      deed["do"] = "book"
      deed["patient"] = time.patient
      place(time.slot)
    case .move(let slot):
      deed["do"] = "move"
      place(slot)
    case .cancel: deed["do"] = "cancel"
    }
    return try (origin == .journal ? neighbours.actInJournal(deed) : neighbours.actInPlatform(deed)) != nil
  }

  // MARK: steps

  private func step(_ id: String) async throws {
    switch try await ledger.step(id, with: systems) {
    case .ended(let outcome):
      outcomes[id] = outcome
      open.removeAll { $0 == id }
    case .stuck: #expect(try await ledger.resume(id))
    case .goesOn, .unanswered, .waits, .unknown: break
    }
  }

  /// Faults end, and every saga goes to its end.
  func settle() async throws {
    try neighbours.journalFault(["before": 0, "after": 0])
    try neighbours.platformFault(["before": 0, "after": 0])
    for _ in 0..<200 where !open.isEmpty {
      for id in open { try await step(id) }
    }
    #expect(open.isEmpty)
  }

  func check() throws {
    let state = try neighbours.state()
    // The systems agree, none of the bookings is half made, and no slot has two.
    #expect(state.isAgreed)
    #expect(Set(state.journal.values.map(\.slot)).count == state.journal.count)
    for booking in bookings {
      let time = try ledger.file(booking).time
      #expect(time?.slot == state.journal[booking].map { "urn:sluss:visiba:slot|\($0.slot)" })
      if let slot = time?.slot { #expect([booking, nil].contains(try ledger.owner(ofSlot: slot))) }
    }
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

/// Bookings from three sides before real servers.
@Suite(.serialized)
struct NeighbourHistoryTests {
  @Test(
    "Before real servers that lose questions and answers, three sides agree in the end, no slot is doubled, no booking vanishes",
    arguments: 1...8 as ClosedRange<UInt64>)
  func interleavings(_ seed: UInt64) async throws {
    let history = try NeighbourHistory(seed: seed)
    try await history.happen(60)
    try await history.settle()
    try history.check()
  }
}
