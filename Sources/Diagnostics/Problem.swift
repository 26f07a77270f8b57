/// What is the matter, as facts. Values from messages are never among them.
public enum Problem: Sendable, Equatable {
  // Reading bytes
  case inputEmpty
  case inputTooLarge(limit: Int)
  case notUTF8
  case contentKeyMissing
  case jsonSyntax(expected: String)
  case duplicateMember(name: String)
  case tooDeep(limit: Int)
  case xmlSyntax(expected: String)
  case doctypeRefused
  case unknownEncoding(name: String)
  case undeclaredPrefix
  case hl7Syntax(expected: String)
  case tooMany(what: String, limit: Int)
  case unknownCharacterSet(name: String)
  case notInCharacterSet(name: String)
  case csvSyntax(expected: String)
  case raggedRow(row: Int, cells: Int, columns: Int)
  case missingColumns(names: [String], found: Int, separator: String, shape: String)

  // A message against its shape
  case missingField(path: String, shape: String)
  case unknownField(path: String, shape: String, near: [String])
  case wrongKind(path: String, expected: String, found: String)
  case invalidValue(path: String, type: String, rule: String)
  case repeatedField(path: String)
  case wrongRoot(expected: String, shape: String)

  // Translating
  case noRowForCode(path: String, table: String, codes: [String], rule: Place)
  case nothingForRequired(path: String, shape: String, rule: Place?)
  case valueDoesNotFit(path: String, type: String, reason: String, rule: Place)
  case valueNotConvertible(path: String, converter: String, reason: String, rule: Place)
  case skippedLocalTime(path: String, zone: String)
  case resourceMissing(name: String, type: String, mapping: String)
  case formulaFailed(reason: String, rule: Place)
  case notInEncoding(path: String, encoding: String)

  // YAML and files
  case yamlSyntax(reason: String)
  case duplicateKey(key: String)
  case unquotedFormula(quoted: String)
  case unknownKey(key: String, near: [String], allowed: [String])
  case missingKey(key: String, what: String)
  case expectedForm(what: String, form: String)
  case nameIsNotPath(name: String, path: String)
  case unreadableFile(reason: String)

  // Shapes
  case unknownType(name: String, near: [String])
  case unknownShape(name: String, near: [String])
  case duplicateField(name: String)
  case unknownPrefix(prefix: String, declared: [String])
  case unknownZone(name: String)
  case kindOfItself(chain: [String])
  case undeclaredTypeName(name: String, near: [String])

  // XML schemas
  case unknownInSchema(what: String, name: String, namespace: String, near: [String])
  case definedByItself(name: String)

  // Mappings
  case unknownPath(segment: String, inside: String, shape: String, near: [String])
  case unknownSlice(slice: String, field: String, near: [String])
  case unknownName(name: String, near: [String])
  case unknownResource(type: String, near: [String])
  case repetitionInPath(segment: String, slices: [String])
  case notARepetition(path: String)
  case typeClash(left: String, right: String, remedy: String?)
  case notAValue(path: String, fields: [String])
  case writtenTwice(path: String, direction: String)
  case requiredNeverWritten(path: String, shape: String, direction: String)
  case irreversible(name: String)
  case unknownConverter(name: String, near: [String])
  case unknownFragment(name: String, near: [String])
  case fragmentArgument(name: String, expected: String, found: String?)
  case nameTwice(name: String)
  case fixedField(path: String, value: String)
  case unknownMapping(name: String, near: [String])

  // Laws
  case lawBroken(way: String, expected: String?, found: String?, reason: String?, document: String)
  case nothingProven(mapping: String, way: String, reason: String)
  case lineNeverReached(path: String)
  case readsAnother(path: String, other: String, example: String, document: String?)
  case tableNotReversible(code: String, through: String, back: String?, direction: String)

  // Code tables
  case tableMissesCode(table: String, column: String, codes: [String], direction: String)
  case tableHasUnknownCode(table: String, column: String, code: String, near: [String])
  case tableIsAmbiguous(code: String, direction: String)
  case tableRowMalformed(reason: String)
  case unusedTable(table: String)

  // Formulas
  case formulaSyntax(expected: String)
  case unknownFunction(name: String, near: [String])
  case formulaType(expected: String, found: String)

  // Cases
  case caseDiffers(name: String, file: String, differences: [String])
  case caseAccepted(name: String, expected: [String])
  case recorded(file: String)

  // Drafts
  case fileExists

  // Billing
  case billingRow(reason: String)
  case priceGap(what: String, from: String, to: String)
  case priceOverlap(what: String, day: String)
  case visitWithoutPrice(what: String)
  case ruleUnreachable(name: String, reason: String)
  case claimRule(rule: String, reason: String)
  case billingCheck(name: String, reason: String)
}
