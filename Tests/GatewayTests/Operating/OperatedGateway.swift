import Foundation
import Gateway
import TestRig

/// A running program with two small mappings, a route, one HTTP target and systems with one right each.
final class OperatedGateway {
  static let route = """
    routes:
      visits:
        from: a/visit
        to: {journal: b/contact}
        order: = patient.identifier.value.first()
        delivery: {timeout: 5 min, backoff: 20 ms to 50 ms}

    """

  let folder = NSTemporaryDirectory() + "sluss-operated-" + UUID().uuidString
  let mappings: EditableMappings
  let journal: HTTPNeighbour
  private(set) var tokens: [String: String] = [:]
  private(set) var sluss: SlussProcess
  private let environment: [String: String]

  private static let systems = [
    "pusher": "push: \"*\"", "watcher": "see: \"*\"", "reader": "see: \"*\", see-bodies: \"*\"",
    "clerk": "see: \"*\", rerun: \"*\"", "editor": "see: \"*\", see-bodies: \"*\", rerun: \"*\"",
    "meter": "metrics: true", "stranger": "see: b/contact, see-bodies: b/contact, rerun: b/contact",
  ]

  /// - Parameter settings: further lines of `sluss.yaml`.
  init(_ settings: String = "", routes: String = OperatedGateway.route, environment: [String: String] = [:])
    throws
  {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    mappings = try EditableMappings(at: folder + "/Mappings")
    try mappings.write(routes, to: "routes.yaml")
    journal = try HTTPNeighbour()
    var random = SystemRandomNumberGenerator()
    var systems = ""
    for (name, rights) in Self.systems.sorted(by: { $0.key < $1.key }) {
      let token = AccessToken(using: &random)
      tokens[name] = token.text
      systems += "  \(name): {tokens: \"\(token.hash)\", \(rights)}\n"
    }
    let yaml = """
      port: 0
      data: \(folder)/data
      mappings: \(folder)/Mappings
      targets:
        journal: {http: {url: "http://127.0.0.1:\(journal.port)/journal", network: loopback}, at-once: 2}
      systems:
      \(systems)\(settings)
      """
    try yaml.write(toFile: folder + "/sluss.yaml", atomically: true, encoding: .utf8)
    self.environment = environment
    sluss = try SlussProcess(in: folder, environment: environment)
  }

  deinit {
    sluss.signal(SIGKILL)
    _ = sluss.end()
    journal.end()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Starts it once more, on what the run before left.
  func restart() throws { sluss = try SlussProcess(in: folder, environment: environment) }

  /// Runs a command of `sluss` as one of the systems.
  func run(as name: String?, _ words: String..., input: String = "") throws -> Program {
    var environment = ["SLUSS_URL": sluss.url]
    if let name { environment["SLUSS_TOKEN"] = tokens[name] }
    return try SlussProcess.run(words, environment, input)
  }

  /// Asks over HTTP as one of the systems; the body with the status behind it.
  func curl(as name: String?, _ path: String, _ options: [String] = []) throws -> (status: Int, text: String)
  {
    let token = name.flatMap { tokens[$0] }.map { ["-H", "Authorization: Bearer \($0)"] } ?? []
    let told = try RunningEntrance.run(
      "/usr/bin/curl",
      ["-sS", "--max-time", "300", "-w", "\n%{http_code}"] + token + options + [sluss.url + path])
    let lines = told.split(separator: "\n", omittingEmptySubsequences: false)
    return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
  }

  static func event(
    _ id: String, patient: String = "191212121212", status: String = "done", given: String = "Tolvan"
  ) -> String {
    #"{"id": "\#(id)", "status": "\#(status)", "patient": {"pnr": "\#(patient)", "given": ["\#(given)"], "#
      + #""family": "Tolvansson"}, "diagnoses": []}"#
  }

  /// Hands an event in; the message's id, also of a refused one.
  func push(_ event: String) throws -> (status: Int, id: String) {
    let answer = try curl(as: "pusher", "/in/a/visit", ["--data-binary", event])
    let json = (try? JSONSerialization.jsonObject(with: Data(answer.text.utf8))) as? [String: Any]
    return (answer.status, json?["id"] as? String ?? "")
  }

  /// The deliveries of a message once all of them are in that state; those that there are when it never comes.
  @discardableResult
  func deliveries(of id: String, in state: String) throws -> [[String: Any]] {
    try look {
      let text = try curl(as: "watcher", "/messages/\(id)/trace").text
      let json = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
      return json?["deliveries"] as? [[String: Any]] ?? []
    } until: { found in
      !found.isEmpty && found.allSatisfy { $0["state"] as? String == state }
    }
  }

  /// Has changed mappings loaded, and waits until they are served.
  func reload() throws {
    sluss.signal(SIGHUP)
    _ = try eventually { try version() == mappings.version }
  }

  private func version() throws -> String {
    let text = try curl(as: "meter", "/health").text
    let json = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
    return (json?["mappings"] as? [String: Any])?["version"] as? String ?? ""
  }
}
