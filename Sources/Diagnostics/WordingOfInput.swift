extension Problem {
  var readingWording: Wording? {
    switch self {
    case .inputEmpty:
      Wording("the message is empty", help: "send one document")
    case .inputTooLarge(let limit):
      Wording("the message is larger than \(limit) bytes", help: "send it in parts, or raise the limit")
    case .notUTF8:
      Wording("the text is not UTF-8", "this byte", help: "send UTF-8; in XML, declare another encoding")
    case .contentKeyMissing:
      Wording(
        "the message can't be read: its content key is not there",
        help: "put the store's content keys back, or skip the message when they were destroyed")
    case .jsonSyntax(let expected):
      Wording("this is not JSON", "expected \(expected)", help: "see RFC 8259")
    case .duplicateMember(let name):
      Wording("the member `\(name)` stands twice in one object", "the second", help: "send it once")
    case .tooDeep(let limit):
      Wording("the document is nested deeper than \(limit) levels", "level \(limit + 1) starts here")
    case .xmlSyntax(let expected):
      Wording("this is not well-formed XML", expected)
    case .doctypeRefused:
      Wording(
        "the document has a DOCTYPE", "refused",
        help: "leave it out: document types can pull in files and blow up entities")
    case .unknownEncoding(let name):
      Wording(
        "the encoding `\(name)` is not understood", help: "use UTF-8, UTF-16, US-ASCII or ISO-8859-1")
    case .undeclaredPrefix:
      Wording("a namespace prefix is not declared", "used here", help: "declare it with xmlns:…")
    case .hl7Syntax(let expected):
      Wording("this is not HL7 v2", "expected \(expected)")
    case .tooMany(let what, let limit):
      Wording("there are more than \(limit) \(what)", "one too many")
    case .unknownCharacterSet(let name):
      Wording(
        "the character set `\(name)` is not understood", "named by MSH-18",
        help: "use UNICODE UTF-8, 8859/1 or ASCII")
    case .notInCharacterSet(let name):
      Wording(
        "a character is not in \(name)", "this character",
        help: "name the message's character set in MSH-18; without one it is UNICODE UTF-8")
    default: tableReadingWording
    }
  }

  private var tableReadingWording: Wording? {
    switch self {
    case .csvSyntax(let expected):
      Wording("this is not CSV", expected, help: "see RFC 4180")
    case .raggedRow(let row, let cells, let columns):
      Wording(
        "row \(row) has \(cells) \(cells == 1 ? "cell" : "cells"), the header has \(columns)", "begins here",
        help: "each row needs a cell for each column; put cells that hold the separator in quotes")
    case .missingColumns(let names, let found, let separator, let shape):
      Wording(
        "the header has no \(listed(names.map { "`\($0)`" }))",
        "\(found) \(found == 1 ? "column" : "columns") found, separated by \(separator)",
        help:
          "the shape \(shape) requires it; `separator` and `encoding` of its dialect tell how the table is read"
      )
    default: nil
    }
  }

  var messageWording: Wording? {
    switch self {
    case .missingField(let path, let shape):
      Wording("`\(path)` is missing", "should stand in here", help: "the shape \(shape) requires it")
    case .unknownField(let path, let shape, let near):
      Wording(
        "`\(path)` is not in the shape \(shape)", "not known", help: didYouMean(near),
        "the shape is closed: it refuses what it does not name")
    case .wrongKind(let path, let expected, let found):
      Wording("`\(path)` has the wrong kind of value", "expected \(expected), found \(found)")
    case .invalidValue(let path, let type, let rule):
      Wording("the value of `\(path)` does not fit its type, \(type)", rule)
    case .repeatedField(let path):
      Wording("`\(path)` stands more than once", "one too many", help: "the shape allows one")
    case .wrongRoot(let expected, let shape):
      Wording("the root element is not the one of \(shape)", "expected \(expected)")
    default: nil
    }
  }

  var translationWording: Wording? {
    switch self {
    case .noRowForCode(let path, let table, let codes, let rule):
      Wording(
        "the code table \(table) has no row for the code in `\(path)`", "this code",
        help: "it has \(listed(codes))", writtenBy(rule))
    case .nothingForRequired(let path, let shape, let rule):
      Wording(
        "nothing in the message feeds `\(path)`", help: "the shape \(shape) requires it", writtenBy(rule))
    case .valueDoesNotFit(let path, let type, let reason, let rule):
      Wording("the value for `\(path)` does not fit its type, \(type)", reason, help: writtenBy(rule))
    case .valueNotConvertible(let path, let converter, let reason, let rule):
      Wording(
        "the converter \(converter) can't take the value of `\(path)`", reason, help: writtenBy(rule))
    case .skippedLocalTime(let path, let zone):
      Wording(
        "the local time in `\(path)` does not exist in \(zone)", "skipped when summer time began",
        help: "send the time that the clocks showed")
    case .resourceMissing(let name, let type, let mapping):
      Wording(
        "the hub has no \(type) to be `\(name)`", help: "\(mapping) can only write what one has been made of")
    case .formulaFailed(let reason, let rule):
      Wording("a formula has no answer", reason, help: writtenBy(rule))
    case .notInEncoding(let path, let encoding):
      Wording(
        "the value for `\(path)` has a character that \(encoding) lacks", "came from here",
        help: "choose another encoding in the shape's dialect, or another text")
    default: nil
    }
  }
}
