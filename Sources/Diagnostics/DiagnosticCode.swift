/// The register of all codes: a code never changes its meaning, and a duplicate does not compile.
///
/// SL01 reading bytes, SL02 a message against its shape, SL03 translating, SL04 YAML and files,
/// SL05 shapes and XML schemas, SL06 mappings, SL07 code tables, SL08 formulas, SL09 cases and the command,
/// SL10 rules of billing, SL11 claims.
public enum DiagnosticCode: String, CaseIterable, Sendable {
  case inputEmpty = "SL0101"
  case inputTooLarge = "SL0102"
  case notUTF8 = "SL0103"
  case contentKeyMissing = "SL0104"
  case jsonSyntax = "SL0110"
  case duplicateMember = "SL0111"
  case tooDeep = "SL0112"
  case xmlSyntax = "SL0120"
  case doctypeRefused = "SL0121"
  case unknownEncoding = "SL0122"
  case undeclaredPrefix = "SL0123"
  case hl7Syntax = "SL0150"
  case tooMany = "SL0151"
  case unknownCharacterSet = "SL0152"
  case notInCharacterSet = "SL0153"
  case csvSyntax = "SL0140"
  case raggedRow = "SL0141"
  case missingColumns = "SL0142"

  case missingField = "SL0201"
  case unknownField = "SL0202"
  case wrongKind = "SL0203"
  case invalidValue = "SL0204"
  case repeatedField = "SL0205"
  case wrongRoot = "SL0206"

  case noRowForCode = "SL0301"
  case nothingForRequired = "SL0302"
  case valueDoesNotFit = "SL0303"
  case valueNotConvertible = "SL0304"
  case skippedLocalTime = "SL0305"
  case resourceMissing = "SL0306"
  case formulaFailed = "SL0307"
  case notInEncoding = "SL0310"

  case yamlSyntax = "SL0401"
  case duplicateKey = "SL0402"
  case unquotedFormula = "SL0403"
  case unknownKey = "SL0404"
  case missingKey = "SL0405"
  case expectedForm = "SL0406"
  case nameIsNotPath = "SL0407"
  case unreadableFile = "SL0408"

  case unknownType = "SL0501"
  case unknownShape = "SL0502"
  case duplicateField = "SL0503"
  case unknownPrefix = "SL0504"
  case unknownZone = "SL0505"
  case kindOfItself = "SL0506"
  case undeclaredTypeName = "SL0507"
  case unknownInSchema = "SL0520"
  case definedByItself = "SL0521"

  case unknownPath = "SL0601"
  case unknownSlice = "SL0602"
  case unknownName = "SL0603"
  case unknownResource = "SL0604"
  case repetitionInPath = "SL0605"
  case notARepetition = "SL0606"
  case typeClash = "SL0607"
  case notAValue = "SL0608"
  case writtenTwice = "SL0609"
  case requiredNeverWritten = "SL0610"
  case irreversible = "SL0611"
  case unknownConverter = "SL0612"
  case unknownFragment = "SL0613"
  case fragmentArgument = "SL0614"
  case nameTwice = "SL0615"
  case fixedField = "SL0616"
  case unknownMapping = "SL0617"

  case lawBroken = "SL0620"
  case nothingProven = "SL0621"
  case lineNeverReached = "SL0622"
  case readsAnother = "SL0623"

  case tableMissesCode = "SL0701"
  case tableHasUnknownCode = "SL0702"
  case tableIsAmbiguous = "SL0703"
  case tableRowMalformed = "SL0704"
  case unusedTable = "SL0705"
  case tableNotReversible = "SL0706"

  case formulaSyntax = "SL0801"
  case unknownFunction = "SL0802"
  case formulaType = "SL0803"

  case caseDiffers = "SL0901"
  case caseAccepted = "SL0902"
  case recorded = "SL0903"
  case fileExists = "SL0904"

  case billingRow = "SL1001"
  case priceGap = "SL1002"
  case priceOverlap = "SL1003"
  case visitWithoutPrice = "SL1004"
  case ruleUnreachable = "SL1005"

  case claimRule = "SL1101"
  case billingCheck = "SL1102"

  /// Warnings let the files be used.
  public var isWarning: Bool {
    switch self {
    case .unusedTable, .nothingProven, .lineNeverReached, .priceGap, .visitWithoutPrice, .ruleUnreachable:
      true
    default: false
    }
  }
}
