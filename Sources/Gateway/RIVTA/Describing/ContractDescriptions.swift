import Foundation
import HTTP

/// `?wsdl`: the contracts' WSDLs and schemas from the operator's folder, their references to each other
/// turned into addresses here. Only files that were in the folder when it was read are shown.
struct ContractDescriptions: Sendable {
  private let folder: String
  /// Paths below the folder.
  private let files: Set<String>

  init(folder: String) {
    self.folder = folder
    let walk = try? FolderWalk(folder)
    files = Set((walk?.files ?? []).map(\.path).filter { $0.hasSuffix(".wsdl") || $0.hasSuffix(".xsd") })
  }

  /// - Parameter request: `…/GetCareContacts/3/rivtabp21?wsdl`, or `…?xsd=PATH` as an earlier answer wrote
  ///   it.
  func answer(_ request: HTTPRequest) -> HTTPResponse {
    if request.query("wsdl") != nil, let path = wsdl(of: request.path) { return show(path, request) }
    if let path = request.query("xsd"), files.contains(path) { return show(path, request) }
    return .problem(404, "there is nothing here")
  }

  /// The newest minor version of the interaction and major version that a path names.
  private func wsdl(of path: String) -> String? {
    let parts = path.split(separator: "/")
    for (name, major) in zip(parts, parts.dropFirst()) where Int(major) != nil {
      let found = files.filter { file in
        let last = file.split(separator: "/").last ?? ""
        return last.hasPrefix("\(name)Interaction_\(major).") && last.hasSuffix("_RIVTABP21.wsdl")
      }
      if let file = found.max() { return file }
    }
    return nil
  }

  private func show(_ path: String, _ request: HTTPRequest) -> HTTPResponse {
    guard let data = FileManager.default.contents(atPath: folder + "/" + path),
      let text = String(data: data, encoding: .utf8)
    else { return .problem(404, "there is nothing here") }
    let scheme = request.peer.isEncrypted ? "https" : "http"
    let here = "\(scheme)://\(request.header("Host") ?? "localhost")\(request.path)"
    let changed =
      text
      .replacing(#/(schemaLocation|location)\s*=\s*(?:"([^"]*)"|'([^']*)')/#) { match in
        let place = match.output.2 ?? match.output.3 ?? ""
        let target = match.output.1 == "location" ? here : "\(here)?xsd=\(resolve(String(place), from: path))"
        return "\(match.output.1)=\"\(target)\""
      }
    return HTTPResponse(
      status: 200, headers: [(name: "Content-Type", value: SOAPEnvelope.type)], body: Array(changed.utf8))
  }

  /// A relative place in a file as a path below the folder.
  private func resolve(_ place: String, from file: String) -> String {
    var parts = file.split(separator: "/").dropLast().map(String.init)
    for part in place.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
