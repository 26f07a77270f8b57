import Diagnostics
import Documents
import Formats

/// A SOAP 1.1 request of RIV TA Basic Profile 2.1.
struct SOAPRequest: Sendable, Equatable {
  let logicalAddress: String
  /// The name of the body's one element.
  let namespace, element: String
  /// The body's one element, a document of its own.
  let document: [UInt8]
}

/// Reads SOAP 1.1 envelopes; what the body holds is not looked at.
struct SOAPRequestReader: Sendable {
  private let names: NameTable
  private let envelope, header, body, logicalAddress, mustUnderstand, own: NameID
  private let reader: XMLReader

  init(limits: ReadingLimits) {
    var builder = NameTableBuilder()
    let soap = builder.namespace("http://schemas.xmlsoap.org/soap/envelope/", prefix: "soap")
    let registry = builder.namespace("urn:riv:itintegration:registry:1", prefix: "registry")
    envelope = builder.name("Envelope", namespace: soap)
    header = builder.name("Header", namespace: soap)
    body = builder.name("Body", namespace: soap)
    mustUnderstand = builder.name("$mustUnderstand", namespace: soap)
    logicalAddress = builder.name("LogicalAddress", namespace: registry)
    own = builder.name("$")
    names = builder.build()
    var limits = limits
    limits.depth = 128
    reader = XMLReader(limits: limits)
  }

  func read(_ bytes: [UInt8]) throws(RIVTAFault) -> SOAPRequest {
    var forest = Forest(names: names, reserving: bytes.count)
    let root = try root(of: bytes, into: &forest)
    let parts = forest.children(root).filter { forest[$0].name == body || forest[$0].name == header }
    guard let last = parts.last, forest[last].name == body, parts.count <= 2,
      parts.count == 1 || forest[parts[0]].name == header
    else { throw RIVTAFault(.unreadable, "a SOAP envelope has a Header and one Body behind it") }
    let address = try address(in: parts.count == 2 ? parts[0] : nil, of: forest)
    let contents = forest.children(last).filter { forest.firstByte(ofName: forest[$0].name) != 0x24 }
    guard let content = contents.first, contents.count == 1 else {
      throw RIVTAFault(.unreadable, "the SOAP Body has one element")
    }
    let name = forest[content].name
    return SOAPRequest(
      logicalAddress: address, namespace: forest.namespaceURI(name),
      element: String(decoding: forest.localName(name), as: UTF8.self),
      document: XMLWriter(names: names).bytes(content, of: forest))
  }

  private func root(of bytes: [UInt8], into forest: inout Forest) throws(RIVTAFault) -> NodeID {
    let root: NodeID
    do {
      root = try reader.read(bytes, named: "request", into: &forest)
    } catch {
      throw RIVTAFault(.unreadable, "it is no XML document that is accepted (\(error.code.rawValue))")
    }
    let name = forest[root].name
    guard name != envelope else { return root }
    // SOAP 1.2 is what newer versions of the profile may speak; this one does not.
    let isOther = String(decoding: forest.localName(name), as: UTF8.self) == "Envelope"
    throw isOther
      ? RIVTAFault(.version, "SOAP 1.1 is spoken here, RIV TA Basic Profile 2.1")
      : RIVTAFault(.unreadable, "its root is no SOAP envelope")
  }

  private func address(in header: NodeID?, of forest: borrowing Forest) throws(RIVTAFault) -> String {
    let fields = header.map { forest.children($0) } ?? []
    for field in fields where forest[field].name != logicalAddress {
      // SOAP 1.1, section 4.2.3.
      if let demand = forest.child(field, named: mustUnderstand),
        ["1", "true"].contains(forest.string(demand))
      {
        throw RIVTAFault(.unreadable, "a header must be understood that is not known here")
      }
    }
    let addresses = fields.filter { forest[$0].name == logicalAddress }
    guard addresses.count <= 1 else { throw RIVTAFault(.unreadable, "there are several logical addresses") }
    let text = addresses.first.map { field in
      forest[field].kind == .object
        ? forest.child(field, named: own).map { forest.string($0) } ?? "" : forest.string(field)
    }
    let address = String((text ?? "").filter { !$0.isWhitespace })
    guard !address.isEmpty else {
      throw RIVTAFault(.addressMissing, "the header LogicalAddress is missing or empty")
    }
    return address
  }
}
