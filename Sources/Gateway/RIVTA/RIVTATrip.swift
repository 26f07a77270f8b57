import HTTP

/// One request's way: its ids, its times and what its HTTP header told, kept through answer, log and audit.
struct RIVTATrip: Sendable {
  /// What consumers' headers are called in the national platform (skltp/vp, HttpHeaders).
  enum Header {
    static let correlation = "x-skltp-correlation-id"
    static let originalConsumer = "x-rivta-original-serviceconsumer-hsaid"
    static let actingFor = "x-rivta-acting-on-behalf-of-hsaid"
    static let history = "x-rivta-routing-history"
    static let time = "x-skltp-prt"
  }

  /// A producer has under 27 seconds; what is left of them is for the way back.
  static let budget: Int64 = 25_000

  /// The id of this request in logs, audit and answers: a UUID.
  let id: String
  /// The consumer's id for all calls that belong together; made here when it sends none.
  let correlation: String
  /// The system that first asked, by its HSA-id, as the consumer says; `nil` when it says none.
  let originalConsumer: String?
  /// The commissioning party, likewise.
  let actingFor: String?
  /// The HSA-ids of those who passed the call on.
  let history: [String]
  /// When it came: milliseconds since 1970, UTC.
  let received: Int64
  /// When it came, in milliseconds since the machine was started.
  let began: Int64

  /// When an answer must have left, in the time of ``began``.
  var deadline: Int64 { began + Self.budget }

  init(_ request: HTTPRequest, now: Int64 = Timestamp.now(), ticks: Int64 = Timestamp.ticks()) {
    received = now
    began = ticks
    id = Timestamp.identifier(milliseconds: now)
    correlation = Self.value(Header.correlation, of: request) ?? id
    originalConsumer = Self.value(Header.originalConsumer, of: request)
    actingFor = Self.value(Header.actingFor, of: request)
    history =
      request.header(Header.history)?.split(separator: ",")
      .map { $0.filter { !$0.isWhitespace } } ?? []
  }

  /// What every answer carries in its header, faults too.
  func headers(now: Int64 = Timestamp.ticks()) -> [(name: String, value: String)] {
    var fields = [
      (name: "Content-Type", value: SOAPEnvelope.type), (name: Header.correlation, value: correlation),
    ]
    if let originalConsumer { fields.append((name: Header.originalConsumer, value: originalConsumer)) }
    if let actingFor { fields.append((name: Header.actingFor, value: actingFor)) }
    fields.append((name: Header.time, value: String(max(0, now - began))))
    return fields
  }

  /// Something of use: short, and of printable ASCII, since it goes into logs and headers.
  private static func value(_ name: String, of request: HTTPRequest) -> String? {
    guard let value = request.header(name), (1...128).contains(value.utf8.count),
      value.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    return value
  }
}
