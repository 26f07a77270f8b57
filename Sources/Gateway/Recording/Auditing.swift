import Audit
import Diagnostics
import Foundation
import Mapping
import Store
import Synchronization

/// Makes the audit log's entries of what happens to messages. Whom a message is about is told by the mapping
/// `audit/subject`.
final class Auditing: Sendable {
  private static let mapping = "audit/subject"

  let log: AuditLog
  /// The gateway's own HSA-id.
  private let system: String
  private let isRenewing = Mutex(false)

  init(_ log: AuditLog, system: String) {
    self.log = log
    self.system = system
  }

  /// Patients' keys are looked up anew for the next entries: one was destroyed meanwhile.
  func renewKeys() { isRenewing.withLock { $0 = true } }

  /// The entry of a translated message, which is in the translator's hub.
  /// - Throws: ``ProcessingFailure``, when no entry can be made: then nothing may happen.
  func entry(
    of message: NewMessage, routes: [String], served: ServedMappings, _ translator: Translator, at now: Int64
  ) throws(ProcessingFailure) -> NewAuditEntry {
    var event = event(.translate, about: subject(served, translator), message, at: now)
    event.purpose = "Vård och behandling"
    event.route = ([message.mapping] + routes).joined(separator: " ")
    do {
      return try log.entry(
        event,
        renewing: isRenewing.withLock { value in
          defer { value = false }
          return value
        })
    } catch let error as StoreError {
      throw .store(error)
    } catch {
      let place = Place(file: Self.mapping, line: 1, column: 1)
      throw .problems(
        DiagnosticError([Diagnostic(.unreadableFile(reason: "the audit log has no keys"), at: place)]))
    }
  }

  /// Logs what somebody does with what is kept of a message; tells whether the log has it.
  /// - Throws: when no entry can be made.
  func log(
    _ action: AuditAction, of message: NewMessage, by person: String?, served: ServedMappings,
    _ translator: Translator, completion: @escaping @Sendable (Bool) -> Void
  ) throws {
    if let mapping = served.mappings[message.mapping]?.mapping {
      // One that can't be translated is about nobody that is known.
      _ = try? translator.read(message.body, as: mapping, named: message.id, receipt: message.receipt)
    }
    var event = event(action, about: subject(served, translator), message, at: Timestamp.now())
    event.person = person ?? ""
    event.purpose = "Administration"
    event.route = message.mapping
    try append(event, isRenewing: false, completion)
  }

  private func append(
    _ event: AuditEvent, isRenewing: Bool, _ completion: @escaping @Sendable (Bool) -> Void
  ) throws {
    let entry = try log.entry(event, renewing: isRenewing)
    log.store.change(.append([entry])) { [self] result in
      guard case .failure(.staleAuditKey) = result, !isRenewing else {
        return completion((try? result.get()) != nil)
      }
      do { try append(event, isRenewing: true, completion) } catch { completion(false) }
    }
  }

  private func event(
    _ action: AuditAction, about subject: Subject?, _ message: NewMessage, at time: Int64
  ) -> AuditEvent {
    AuditEvent(
      time: time, action: action, system: system, careUnit: subject?.careUnit ?? "",
      careGiver: subject?.careGiver ?? "", message: message.id,
      patient: subject?.patient.map { PatientIdentifier(system: $0.system, value: $0.value) })
  }

  private func subject(_ served: ServedMappings, _ translator: Translator) -> Subject? {
    guard let mapping = served.mappings[Self.mapping]?.mapping,
      let document = try? translator.write(as: mapping)
    else { return nil }
    return try? JSONDecoder().decode(Subject.self, from: Data(document))
  }

  /// The document `audit/subject`, our own.
  private struct Subject: Decodable {
    struct Patient: Decodable {
      let system, value: String
    }

    let patient: Patient?
    let careUnit, careGiver: String?
  }
}
