import CLibXML2
import Diagnostics

/// libxml2 set up once for the process: no network, no files, nothing printed.
enum LibXML {
  /// Touch it before the first parse.
  static let prepare: Void = {
    xmlInitParser()
    xmlSetExternalEntityLoader { _, _, _ in nil }
  }()

  /// What libxml2's error number means, in our words: its own messages quote the document.
  static func problem(_ code: Int32) -> Problem {
    if code == XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue { return .undeclaredPrefix }
    return .xmlSyntax(expected: meanings[UInt32(code)] ?? "malformed here")
  }

  private static let meanings: [UInt32: String] = [
    XML_ERR_DOCUMENT_EMPTY.rawValue: "expected a root element",
    XML_ERR_DOCUMENT_END.rawValue: "expected the end of the document",
    XML_ERR_INVALID_CHAR.rawValue: "a character that XML does not allow",
    XML_ERR_INVALID_CHARREF.rawValue: "a character reference that XML does not allow",
    XML_ERR_UNDECLARED_ENTITY.rawValue: "only the entities lt, gt, amp, apos and quot exist",
    XML_ERR_ATTRIBUTE_REDEFINED.rawValue: "the attribute stands twice",
    XML_ERR_ATTRIBUTE_NOT_STARTED.rawValue: "expected a quoted attribute value",
    XML_ERR_LT_IN_ATTRIBUTE.rawValue: "`<` must be written as &lt; in an attribute",
    XML_ERR_TAG_NAME_MISMATCH.rawValue: "the end tag does not match its start tag",
    XML_ERR_TAG_NOT_FINISHED.rawValue: "expected the element's end tag",
    XML_ERR_GT_REQUIRED.rawValue: "expected `>`",
    XML_ERR_NAME_REQUIRED.rawValue: "expected a name",
    XML_ERR_SPACE_REQUIRED.rawValue: "expected a space",
    XML_ERR_CDATA_NOT_FINISHED.rawValue: "expected the end of the CDATA section",
    XML_ERR_COMMENT_NOT_FINISHED.rawValue: "expected the end of the comment",
    XML_ERR_ENTITYREF_SEMICOL_MISSING.rawValue: "expected `;` behind the entity",
    XML_ERR_ENTITYREF_NO_NAME.rawValue: "`&` must be written as &amp;",
    XML_ERR_RESERVED_XML_NAME.rawValue: "the XML declaration must stand first",
  ]
}
