import Diagnostics

/// A region that pays or is paid.
public struct Region: Sendable, Equatable, Codable {
  /// The county code, two digits (SCB).
  public let county: String
  /// Its name.
  public let name: String
  /// Ten digits.
  public let organisation: String
  /// Its HSA-id, if known.
  public let hsaID: String
  /// Its GLN, thirteen digits, if known.
  public let gln: String
  /// Peppol's participant identifier, `0007:2321000016`.
  public let endpoint: String
  /// Where invoices go.
  public let street, postalCode, city: String
  /// What invoices name as the buyer's reference (BT-10), which it demands.
  public let reference: String

  static let columns = [
    "county", "name", "organisation", "hsa-id", "gln", "endpoint", "street", "postal-code", "city",
    "reference",
  ]

  /// Reads a row; nil when it can't be used, which is told.
  init?(_ row: RuleTable.Row, _ diagnostics: inout [Diagnostic]) {
    func wrong(_ column: String, _ reason: String) {
      diagnostics.append(Diagnostic(.billingRow(reason: reason), at: row.place(of: column)))
    }
    let before = diagnostics.count
    if !Counties.known.contains(row["county"]) { wrong("county", "there is no such county") }
    if !NumberChecks.isOrganisationNumber(row["organisation"]) {
      wrong("organisation", "expected ten digits, the last of which checks the others (Luhn)")
    }
    let endpoint = row["endpoint"].split(separator: ":")
    if endpoint.count != 2 || endpoint[0] == "0007" && !NumberChecks.isOrganisationNumber(String(endpoint[1]))
    {
      wrong("endpoint", "expected a scheme and a number: 0007:2321000016")
    }
    if endpoint.first == "0088", !NumberChecks.isGLN(String(endpoint.last ?? "")) {
      wrong("endpoint", "expected a GLN, whose last digit checks the others")
    }
    if !row["gln"].isEmpty, !NumberChecks.isGLN(row["gln"]) {
      wrong("gln", "expected thirteen digits, the last of which checks the others")
    }
    if row["name"].isEmpty { wrong("name", "`name` is needed") }
    guard diagnostics.count == before else { return nil }
    county = row["county"]
    name = row["name"]
    organisation = row["organisation"]
    hsaID = row["hsa-id"]
    gln = row["gln"]
    self.endpoint = row["endpoint"]
    street = row["street"]
    postalCode = row["postal-code"]
    city = row["city"]
    reference = row["reference"]
  }
}

/// Sweden's counties by Statistics Sweden's codes (OID 1.2.752.129.2.2.1.18).
public enum Counties {
  /// The 21 codes in use; 02, 11, 15 and 16 are not.
  public static let known: Set<String> = [
    "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21",
    "22",
    "23", "24", "25",
  ]
}
