import Documents
import Formats

/// What stands in the body of a SOAP 1.1 envelope.
enum SOAPContent {
  private static let limits = ReadingLimits(bytes: 1 << 20, depth: 64)

  /// It as a document of its own; `nil` for what is no envelope with one element in its body.
  static func document(in bytes: [UInt8]) -> [UInt8]? {
    var builder = NameTableBuilder()
    let soap = builder.namespace("http://schemas.xmlsoap.org/soap/envelope/", prefix: "soap")
    let envelope = builder.name("Envelope", namespace: soap)
    let body = builder.name("Body", namespace: soap)
    let names = builder.build()
    var forest = Forest(names: names, reserving: bytes.count)
    guard let root = try? XMLReader(limits: limits).read(bytes, named: "answer", into: &forest),
      forest[root].name == envelope, let place = forest.child(root, named: body)
    else { return nil }
    // Attributes are children too, whose names begin with `$`.
    let elements = forest.children(place).filter {
      forest.firstByte(ofName: forest[$0].name) != UInt8(ascii: "$")
    }
    guard let element = elements.first, elements.count == 1 else { return nil }
    return XMLWriter(names: names).bytes(element, of: forest)
  }
}
