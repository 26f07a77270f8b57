import Audit
import Billing
import Foundation
import Gateway
import Store

/// The audit log of a store that finance works on without a gateway: it says the same there as the gateway's.
struct BillingLog {
  /// Nil where no gateway has ever kept one.
  private let log: AuditLog?
  private let entries: BillingEntries

  /// - Parameter person: who asks; nil when it was not said.
  init(_ configuration: GatewayConfiguration, _ store: any AuditStore, person: String?) throws {
    let folder = AuditFolder(configuration.audit.folder ?? configuration.dataFolder + "/audit")
    entries = BillingEntries(system: configuration.audit.system, person: person ?? "")
    if FileManager.default.fileExists(atPath: folder.path + "/signing.key") {
      log = AuditLog(store, keys: try folder.masterKeys())
    } else if try store.auditSize() == 0 {
      log = nil
    } else {
      throw AuditError.file(
        path: folder.path,
        reason: "the keys of the store's audit log are not there; --config names their folder")
    }
  }

  /// Whether there is one.
  var isKept: Bool { log != nil }

  /// To be called before it is done or shown.
  func note(_ action: AuditAction, _ what: String, _ patients: [BillingPatient] = []) throws {
    guard let log else { return }
    let events = entries.of(action, what, patients)
    _ = try Waiting.until { try await log.append(events) }
  }
}
