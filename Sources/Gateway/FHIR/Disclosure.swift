import Audit
import Store

/// Resources that are about to be told to somebody.
struct Disclosure: Sendable {
  /// Who asked.
  let caller: Caller
  /// On whose behalf, and what is to be asked of others first.
  var reader = FHIRReader.unchecked
  /// What they did: read one, or search.
  let action: AuditAction
  /// What ties the request, the answer and the log together.
  let correlation: String
  /// When, in milliseconds since 1970, UTC.
  let time: Int64
  /// The type that was asked for.
  let type: String
  /// What was found.
  let resources: [HubResource]
  /// Whose they are, as far as their patients are known.
  let patients: [HubKey: PatientIdentifier]
  /// Whom the question named.
  let asked: [PatientIdentifier]
}

/// Asked before anything of patients leaves, also when nothing was found.
protocol DisclosureGate: Sendable {
  /// Keeps back what is blocked, and logs the rest.
  /// - Returns: what may leave; by then the log is on disk.
  func release(_ disclosure: Disclosure) async throws(DisclosureRefusal) -> [HubResource]
}

/// Why nothing may leave.
enum DisclosureRefusal: Error, Equatable {
  /// Nobody says on whose behalf it is asked.
  case nobody
  /// Nobody could tell what is blocked.
  case blocksUnknown
  /// The log can't be written.
  case unlogged
}

/// Knows what is blocked.
protocol BlockCheck: Sendable {
  /// Those that are not blocked for who asks. Throws when that can't be told: then nothing leaves.
  func unblocked(_ disclosure: Disclosure) async throws -> [HubResource]
}

/// Where no blocks are set, or systems ask that have to know them themselves.
struct NoBlocks: BlockCheck {
  func unblocked(_ disclosure: Disclosure) -> [HubResource] { disclosure.resources }
}
