import Delivery
import Documents
import Formats
import HTTP

/// A SOAP 1.1 fault in an answer (SOAP 1.1, section 4.4), whatever the HTTP status is: a fault of the client's is
/// for good, any other may pass.
enum SOAPFault {
  private static let largest = ReadingLimits(bytes: 1 << 20, depth: 64)

  private static let reader = FaultReader()

  /// What the fault means for the delivery; `nil` when the answer holds none. The fault's own words stay out of
  /// it, since they may quote the document.
  static func outcome(of answer: HTTPClientAnswer) -> SinkOutcome? {
    guard let code = reader.code(of: answer.body) else { return nil }
    let problem = "the target answers \(answer.status) with a SOAP fault, \(code.rawValue)"
    return code == .client ? .refused(problem: problem) : .busy(problem: problem)
  }

  private enum Code: String {
    case client = "Client"
    case server = "Server"
    case other = "of another code"

    /// A qualified name, perhaps with a dotted detail: `soap:Client.Authentication`.
    init(_ text: String) {
      let local = text.split(separator: ":").last ?? ""
      self = Code(rawValue: String(local.prefix { $0 != "." })) ?? .other
    }
  }

  private struct FaultReader: Sendable {
    private let names: NameTable
    private let body, fault, code: NameID

    init() {
      var builder = NameTableBuilder()
      let soap = builder.namespace("http://schemas.xmlsoap.org/soap/envelope/", prefix: "soap")
      body = builder.name("Body", namespace: soap)
      fault = builder.name("Fault", namespace: soap)
      code = builder.name("faultcode")
      names = builder.build()
    }

    func code(of answer: [UInt8]) -> Code? {
      var forest = Forest(names: names)
      guard let root = try? XMLReader(limits: SOAPFault.largest).read(answer, named: "answer", into: &forest),
        let body = forest.child(root, named: body), let fault = forest.child(body, named: fault)
      else { return nil }
      return Code(forest.child(fault, named: code).map { forest.string($0) } ?? "")
    }
  }
}
