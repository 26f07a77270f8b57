import Audit
import Foundation

/// What GetAccessLogsForPatient 2.0 asks, from the `Parameters` that the request's mapping makes.
struct AccessLogQuestion: Equatable {
  let patient: PatientIdentifier
  /// Milliseconds since 1970, UTC; `until` is not included.
  let since, until: Int64
  /// The id of a report that is being made.
  let report: String?

  /// Reads the question in a hub document, a FHIR Bundle in JSON; nil when it is none.
  init?(_ bundle: [UInt8]) {
    guard let document = try? JSONDecoder().decode(Bundle.self, from: Data(bundle)) else { return nil }
    let parameters = (document.entry ?? []).flatMap { $0.resource.parameter ?? [] }
    func value(_ name: String) -> Bundle.Parameter? { parameters.first { $0.name == name } }
    guard let identifier = value("patientId")?.valueIdentifier, let number = identifier.value,
      let first = value("fromDate")?.valueInstant.flatMap(Self.time),
      let last = value("toDate")?.valueInstant.flatMap(Self.time)
    else { return nil }
    patient = PatientIdentifier(system: identifier.system ?? "", value: number)
    since = first
    // To the end of the second that it names.
    until = last - last % 1000 + 1000
    report = value("queuedReportId")?.valueString
  }

  private static func time(_ text: String) -> Int64? {
    let date =
      (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
      ?? (try? Date(text, strategy: .iso8601))
    return date.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
  }

  private struct Bundle: Decodable {
    struct Entry: Decodable { let resource: Resource }
    struct Resource: Decodable { let parameter: [Parameter]? }
    struct Identifier: Decodable { let system, value: String? }
    struct Parameter: Decodable {
      let name: String
      let valueIdentifier: Identifier?
      let valueInstant, valueString: String?
    }

    let entry: [Entry]?
  }
}
