public import Mapping
public import Store

/// Everything that leaves because of a batch, always the same bytes for the same batch and files.
public struct BatchExports: Sendable {
  /// A kind of file.
  public enum Kind: String, CaseIterable, Sendable {
    /// ProcessClaimSpecification.
    case claim
    /// Peppol's invoice or credit note.
    case invoice
    /// A table for Excel in Swedish.
    case excel
    /// A table after RFC 4180.
    case csv
    /// A voucher for the ledger.
    case sie
    /// One page to sign.
    case summary

    /// Whether patients' numbers stand in it.
    public var namesPatients: Bool { [.claim, .excel, .csv].contains(self) }

    /// How a file's name ends, behind the claim's id.
    public var suffix: String {
      switch self {
      case .claim: ".claim.xml"
      case .invoice: ".invoice.xml"
      case .excel: ".excel.csv"
      case .csv: ".csv"
      case .sie: ".si"
      case .summary: ".html"
      }
    }
  }

  /// Whom a batch's lines are about, each once.
  public func patients(of number: Int64) throws -> [BillingPatient] {
    guard let batch = try BatchReader(store: store).document(number) else { return [] }
    let records = RecordLines(batch.records)
    let (system, number) = (records.path("patient.system"), records.path("patient.number"))
    var known: Set<BillingPatient> = []
    return (0..<records.count).compactMap { line in
      let patient = BillingPatient(
        system: records.text(line, system), number: records.text(line, number))
      return known.insert(patient).inserted ? patient : nil
    }
  }

  private let rules: BillingRules
  private let library: MappingLibrary
  private let store: any BillingStore

  /// Exports by rules that were read with this library.
  public init(_ rules: BillingRules, _ library: MappingLibrary, _ store: any BillingStore) {
    self.rules = rules
    self.library = library
    self.store = store
  }

  /// A file of a batch; nil when there is no such batch.
  /// - Throws: a `DiagnosticError` with what is wrong with it, or a ``StoreError``.
  public func file(_ kind: Kind, of number: Int64) throws -> [UInt8]? {
    try files([kind], of: number)?.first
  }

  /// Likewise several, read from the store once.
  /// - Parameter claim: the claim, when it was made already.
  public func files(_ kinds: [Kind], of number: Int64, claim: [UInt8]? = nil) throws -> [[UInt8]]? {
    guard let batch = try BatchReader(store: store).document(number) else { return nil }
    let records = RecordLines(kinds == [.claim] ? [] : batch.records)
    return try kinds.map { kind in
      if kind == .claim, let claim { return claim }
      return try bytes(kind, batch, records)
    }
  }

  private func bytes(_ kind: Kind, _ batch: BatchDocument, _ records: RecordLines) throws -> [UInt8] {
    switch kind {
    case .claim: return try ClaimExport(library).xml(batch.bytes, batch.claim, today: batch.issued)
    case .invoice: return try InvoiceExport(library: library).xml(batch, records)
    case .excel: return try TableExport(columns: rules.columns, dialect: .swedishExcel).bytes(batch, records)
    case .csv: return try TableExport(columns: rules.columns, dialect: .rfc4180).bytes(batch, records)
    case .sie: return SIEExport().bytes(batch)
    case .summary:
      return SummaryExport().bytes(batch, records, digest: try store.billingBatch(batch.number)?.digest ?? "")
    }
  }
}
