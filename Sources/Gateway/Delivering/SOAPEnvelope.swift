/// The SOAP 1.1 envelope of RIV-TA Basic Profile 2.1, section 5: a header with the logical address, and the
/// document as the body's one element.
enum SOAPEnvelope {
  /// The media type of SOAP 1.1 over HTTP (SOAP 1.1, section 6).
  static let type = "text/xml; charset=utf-8"

  /// Puts a document in UTF-8, with or without an XML declaration, into an envelope.
  static func around(_ document: [UInt8], for logicalAddress: String) -> [UInt8] {
    var envelope = Array(head(logicalAddress).utf8)
    envelope.append(contentsOf: withoutDeclaration(document))
    envelope.append(contentsOf: "</soap:Body></soap:Envelope>".utf8)
    return envelope
  }

  /// Puts a document into an envelope without a header, as answers go.
  static func around(_ document: [UInt8]) -> [UInt8] {
    var envelope = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
      """.utf8)
    envelope.append(contentsOf: withoutDeclaration(document))
    envelope.append(contentsOf: "</soap:Body></soap:Envelope>".utf8)
    return envelope
  }

  private static func head(_ logicalAddress: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header>\
    <LogicalAddress xmlns="urn:riv:itintegration:registry:1">\(escaped(logicalAddress))</LogicalAddress>\
    </soap:Header><soap:Body>
    """
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  private static func withoutDeclaration(_ document: [UInt8]) -> ArraySlice<UInt8> {
    guard document.starts(with: "<?xml".utf8), let end = document.firstIndex(of: UInt8(ascii: ">")) else {
      return document[...]
    }
    return document[(end + 1)...].drop { $0 == UInt8(ascii: "\n") }
  }
}
