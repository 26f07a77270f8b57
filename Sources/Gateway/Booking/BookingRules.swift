import Booking
import Mapping

/// What `booking.yaml` says: which systems take part in bookings and how each is talked to.
struct BookingRules: Sendable {
  /// How one call to a system is made.
  struct Call: Sendable, Equatable {
    /// The mapping that writes it.
    var send = ""
    /// The mapping that reads the answer; nil when the status says all.
    var answer: String?
    var method = "POST"
    /// Behind the target's URL; `{id}` stands for what the system calls the booking.
    var path = ""
  }

  /// One of the systems.
  struct Neighbour: Sendable {
    /// A target of `sluss.yaml`.
    var target = ""
    /// How long a call may take.
    var limit = Duration.seconds(5)
    /// The systems of the identifiers by which it knows a booking, the first that the booking has.
    var ids: [String] = []
    /// For calls that `calls` says nothing of.
    var usual = Call()
    var calls: [String: Call] = [:]

    func call(_ name: String) -> Call { calls[name] ?? usual }
  }

  /// A contract that changes bookings.
  struct Service: Sendable, Equatable {
    enum Wish: String, Sendable, CaseIterable { case book, move, cancel }

    var wish = Wish.book
    var request = ""
    var answer = ""
  }

  /// How the free time is found that a request means.
  struct FreeTimes: Sendable {
    var shownBy = ""
    var records = ""
    var askedIn: [String] = []
    var same: [[String]] = []
  }

  /// What patients read.
  struct Words: Sendable {
    var taken = ""
    var missing = ""
    var late = ""
    var refused = ""
  }

  /// The system of the identifiers that bookings get here.
  var name = ""
  var words = Words()
  var services: [String: Service] = [:]
  var freeTimes = FreeTimes()
  /// The gateway's own targets, by what is told through them.
  var heard: [String: BookingIntent.Origin] = [:]
  /// The mapping of the message that tells the hub.
  var record = ""
  var journal = Neighbour()
  var platform = Neighbour()

  /// The mappings that it names and a library lacks.
  func missing(in library: MappingLibrary) -> [String] {
    var named = [record, freeTimes.shownBy] + services.values.flatMap { [$0.request, $0.answer] }
    for neighbour in [journal, platform] {
      for call in [neighbour.usual] + neighbour.calls.values {
        named += [call.send] + (call.answer.map { [$0] } ?? [])
      }
    }
    return Set(named.filter { !$0.isEmpty }).subtracting(library.mappings.keys).sorted()
  }
}
