// The claim as a whole: its id, its parties, its codes, its numbers of lines.
extension ClaimRules {
  mutating func checkNothingIsEmpty(_ root: ClaimTree.Element) {
    for element in root.below(\.isEmpty) { demand(false, 1, "`\(element.label)` is empty", at: element) }
  }

  mutating func checkHeader(_ claim: ClaimTree.Element) {
    if let id = claim[.id] {
      demand(
        id.text.unicodeScalars.count == 23 && id.text.hasPrefix("ZVF"), 37,
        "the id is ZVF, the organisation number, ÅÅMM and six digits", at: id)
    }
    if let issued = claim[.issueDate] {
      demand(issued.text <= today.compact, 2, "the claim is dated in the future", at: issued)
    }
    if let type = claim[.typeOfInvoice] {
      demand(ClaimCodes.typeOfInvoice, 4, of: type)
      demand(
        type.text != "381" || claim[.referenceToProcessClaimSpecificationId] != nil, 52,
        "a credit names the claim that it credits", at: type)
    }
    checkParty(claim[.supplierParty], 3)
    checkParty(claim[.customerParty], 46)
  }

  private mutating func checkParty(_ party: ClaimTree.Element?, _ rule: Int) {
    guard let party else { return }
    let identifications = party.all(.identification)
    let roots = identifications.map { $0[.root]?.text ?? "" }
    demand(
      roots == ["1.3.7"] || roots.contains("1.3.7") && roots.contains("2.51.1.6"), rule,
      "a party has an organisation number (1.3.7), and a GLN (2.51.1.6) at will", at: party)
    for identification in identifications {
      let length = identification[.extension]?.text.unicodeScalars.count ?? 0
      let root = identification[.root]?.text
      demand(
        length == 10 && root == "1.3.7" || length == 13 && root == "2.51.1.6", 48,
        "an organisation number has 10 characters, a GLN 13", at: identification)
    }
  }

  /// Coded values, currencies and code systems wherever they stand.
  mutating func checkCoded(_ claim: ClaimTree.Element) {
    for element in claim.below({ $0.name.map(Self.coded.contains) ?? false }) {
      switch element.name {
      case .currency:
        demand(
          element[.code]?.text == "SEK" && element[.codeSystem]?.text == "1.0.4217", 35,
          "amounts are in SEK of 1.0.4217", at: element)
      case .listingLocalAuthoritiesNumber:
        demand(
          element[.root].map { $0.text == "1.2.752.129.2.1.4.1" } ?? true, 34,
          "the unit where the patient is listed has an HSA-id", at: element)
      case .drgCode:
        demand(
          element.childCount == 1 && element[.originalText] != nil, 42,
          "a DRG code is a text alone", at: element)
      default:
        demand(
          element.all(.code).count + element.all(.codeSystem).count == 2, 39,
          "`\(element.label)` has a code and its system", at: element)
      }
    }
  }

  private static let coded: Set<ClaimName> = [
    .currency, .listingLocalAuthoritiesNumber, .drgCode, .gender, .typeOfCare, .businessClassification,
    .diagnosisCode, .typeOfTreatment, .atc,
  ]

  mutating func checkNumbers(_ lines: [ClaimTree.Element]) {
    var last = 0
    for line in lines {
      let number = Int(line.text) ?? 0
      demand(number > last, 43, "the numbers of lines ascend, and each stands once", at: line)
      last = max(last, number)
    }
  }
}
