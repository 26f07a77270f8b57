import Billing
import Cryptography
import Diagnostics
import Formats
import Mapping
import Synchronization

/// Reads a folder of mappings, checks all of it, then serves it in one step or keeps what was served.
///
/// For one thread alone, but for ``current``.
final class MappingReload: Sendable {
  let folder: String
  let current: CurrentMappings
  private let limits: ReadingLimits
  private let tell: @Sendable (MappingsReport) -> Void
  /// What was read last, so that files that only look changed make no noise.
  private let last: Mutex<Seen>

  private struct Seen: Equatable {
    let files: Result<[ConfigurationFile], DiagnosticError>
    let contracts: String?
    let billing: [ConfigurationFile]?
    let bookings: [UInt8]?
  }

  /// Loads the folder for the first time.
  /// - Throws: all errors found.
  init(_ folder: String, limits: ReadingLimits, tell: @escaping @Sendable (MappingsReport) -> Void)
    throws(DiagnosticError)
  {
    let files = try MappingFolder.files(in: folder)
    let library = try MappingLibrary(files)
    let served = ServedMappings(
      library, billing: try BillingFolder.load(folder, library),
      contracts: try RIVTAContracts(folder: folder), bookings: try BookingFolder.rules(folder, library),
      hubRulesVersion: Self.hubRulesVersion(files), limits: limits, since: Timestamp.now())
    current = CurrentMappings(served)
    last = Mutex(
      Seen(
        files: .success(files), contracts: RIVTAContracts.text(in: folder),
        billing: BillingFolder.texts(folder), bookings: BookingFolder.text(in: folder)))
    self.folder = folder
    self.limits = limits
    self.tell = tell
  }

  /// What lies in the folder, unread; `nil` while it can't be looked at.
  var state: [FolderWalk.File]? { try? MappingFolder.stateWithBilling(of: folder) }

  /// Loads the folder at once, whether or not anything changed.
  func loadNow() {
    look(isAsked: true, MappingFolder.read(folder))
  }

  /// Loads the folder if its files say something new.
  /// - Returns: `false`, with nothing done, when it changed while it was read.
  func loadIfStill() -> Bool {
    let before = state
    let found = MappingFolder.read(folder)
    guard state == before else { return false }
    look(isAsked: false, found)
    return true
  }

  private func look(isAsked: Bool, _ found: Result<[ConfigurationFile], DiagnosticError>) {
    let seen = Seen(
      files: found, contracts: RIVTAContracts.text(in: folder), billing: BillingFolder.texts(folder),
      bookings: BookingFolder.text(in: folder))
    let isNew = last.withLock { last in
      defer { last = seen }
      return last != seen
    }
    if isAsked || isNew { load(found) }
  }

  private func load(_ found: Result<[ConfigurationFile], DiagnosticError>) {
    let now = Timestamp.now()
    do throws(DiagnosticError) {
      let files = try found.get()
      let library = try MappingLibrary(files)
      serve(
        files, library, try BillingFolder.load(folder, library), try RIVTAContracts(folder: folder),
        try BookingFolder.rules(folder, library), now)
    } catch {
      current.refuse(error.diagnostics, checked: now)
      tell(.refused(error.diagnostics))
    }
  }

  private func serve(
    _ files: [ConfigurationFile], _ library: MappingLibrary, _ billing: BillingRules?,
    _ contracts: RIVTAContracts,
    _ bookings: BookingRules?, _ now: Int64
  ) {
    let before = current.served
    let isSame = before.versions == MappingVersions(library)
    let served = ServedMappings(
      library, billing: billing, contracts: contracts, bookings: bookings,
      hubRulesVersion: Self.hubRulesVersion(files), limits: limits, since: isSame ? before.since : now)
    current.serve(served, checked: now)
    let changes = MappingChanges(from: before.versions, to: served.versions)
    tell(.served(changes, version: served.versions.all, warnings: library.warnings))
  }

  /// What resources are indexed by: the rules, and how this program follows them.
  private static func hubRulesVersion(_ files: [ConfigurationFile]) -> [UInt8] {
    let text = files.first { $0.kind == .store }?.text ?? ""
    return SHA256.digest(of: Array("doors \(text)".utf8)).bytes
  }
}
