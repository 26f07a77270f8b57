import Foundation
import Gateway

extension Subcommand {
  /// Where the gateway is that a command talks to, and who asks.
  static let gatewayOptions = [
    Option("--at", "URL", "where the gateway listens ($SLUSS_URL, else http://127.0.0.1:8080)"),
    Option("--token-file", "FILE", "the file of your token ($SLUSS_TOKEN)"),
  ]
}

extension Arguments {
  /// The running gateway; only it reads its store, so that no second process is on the live file.
  func gateway() throws -> GatewayClient {
    let environment = ProcessInfo.processInfo.environment
    var token = environment["SLUSS_TOKEN"]
    if let file = self["--token-file"] {
      token = String(decoding: try Input.read(file), as: UTF8.self).trimmingCharacters(
        in: .whitespacesAndNewlines)
    }
    return try GatewayClient(
      url: self["--at"] ?? environment["SLUSS_URL"] ?? "http://127.0.0.1:8080", token: token)
  }
}

extension GatewayClient.Answer {
  /// The body as a value of ours.
  /// - Throws: ``GatewayRefusal`` with the gateway's own words for anything but success.
  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: succeeded())
  }

  /// The body of a success.
  func succeeded() throws(GatewayRefusal) -> Data {
    guard 200...299 ~= status else {
      let told = try? JSONDecoder().decode([String: String].self, from: body)
      throw GatewayRefusal(description: told?["error"] ?? "the gateway answers \(status)")
    }
    return body
  }
}

/// Why the gateway did not do it.
struct GatewayRefusal: Error, CustomStringConvertible {
  let description: String
}
