import Diagnostics
import Foundation
import HTTP
import Mapping
import Store

extension FHIREndpoint {
  /// One request: who asks, with which mappings, and how the answer is to look.
  struct Call: Sendable {
    let caller: Caller
    /// Nil for a system that may not read through the façade.
    let reader: FHIRReader?
    let served: ServedMappings
    /// The address of the façade, without a slash at its end.
    let base: String
    let answer: FHIRAnswer

    init(_ request: HTTPRequest, _ served: ServedMappings, _ caller: Caller, _ rules: FHIRRules?) {
      self.caller = caller
      reader = rules.map { FHIRReader(request, from: caller, $0) } ?? .unchecked
      self.served = served
      let scheme = request.peer.isEncrypted ? "https" : "http"
      base = "\(scheme)://\(request.header("Host") ?? "localhost")/fhir"
      answer = FHIRAnswer(
        library: served.library, format: Self.format(request), correlation: Self.correlation(request))
    }

    /// - Throws: when the type is not the caller's to see.
    func allow(_ type: String) throws(FHIRFault) {
      guard served.library.hubRules.resources[type] != nil else {
        throw FHIRFault(
          .unknownType(type, near: NearNames.of(type, among: served.library.hubRules.resources.keys)))
      }
      guard caller.may(.seeBodies, on: "fhir/\(type)"), reader != nil else {
        throw FHIRFault(status: 403, code: "forbidden", text: "you may not see resources of this type")
      }
    }

    /// The links of a page: itself, and the next if there is one (R4, 3.1.1.6).
    func links(
      _ parameters: FHIRParameters, next: HubPage.Cursor?
    ) -> [(relation: String, url: String)] {
      let here = parameters.cursor.map { [("_cursor", $0.text)] } ?? []
      let there = next.map { [("_cursor", $0.text)] }
      return [("self", url(parameters, here))] + (there.map { [("next", url(parameters, $0))] } ?? [])
    }

    private func url(_ parameters: FHIRParameters, _ more: [(String, String)]) -> String {
      let fields = (parameters.kept.map { ($0.name, $0.value) } + more).map { name, value in
        "\(Self.escaped(name))=\(Self.escaped(value))"
      }
      return "\(base)/\(parameters.type)" + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
    }

    private static func escaped(_ text: String) -> String {
      text.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~:"))) ?? ""
    }

    /// `_format` counts before `Accept` (3.1.0.1.11).
    private static func format(_ request: HTTPRequest) -> HubFormat {
      guard let wish = request.query("_format") else { return HubFormat(accept: request.header("Accept")) }
      return wish.lowercased().contains("xml") ? .xml : .json
    }

    /// The client's own id of the request, if it may stand in a log and a header; else a new one.
    private static func correlation(_ request: HTTPRequest) -> String {
      let given = request.header("X-Request-Id") ?? request.header("x-skltp-correlation-id") ?? ""
      let isFit = (1...64).contains(given.utf8.count) && given.allSatisfy(Self.mayStand)
      return isFit ? given : Timestamp.identifier(milliseconds: Timestamp.now())
    }

    private static func mayStand(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber || "-._".contains(character))
    }
  }
}
