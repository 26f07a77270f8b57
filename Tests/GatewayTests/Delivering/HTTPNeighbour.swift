import Foundation
import TestRig

/// A running `Fixtures/neighbours/http_target.py`, or another one that notes what it gets in the same way.
final class HTTPNeighbour {
  /// A request that it got.
  struct Request {
    let method, path: String
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  private let process: NeighbourProcess
  var port: UInt16 { process.port }

  init(_ program: String = "http_target.py") throws { process = try NeighbourProcess(program) }

  func end() { process.end() }

  /// How it answers from now on, see the program.
  func answer(_ json: String) throws { try process.tell(json, in: "answer") }

  /// What it got so far, in order, as it noted it.
  func notes() throws -> [[String: Any]] {
    try process.files(ending: ".json").map { file in
      let data = try Data(contentsOf: URL(fileURLWithPath: file))
      return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
  }

  /// What it got so far, in order.
  func requests() throws -> [Request] {
    try notes().map { object in
      Request(
        method: object["method"] as? String ?? "", path: object["path"] as? String ?? "",
        headers: object["headers"] as? [String: String] ?? [:],
        body: Array(Data(base64Encoded: object["body"] as? String ?? "") ?? Data()))
    }
  }

  /// What it got once there are so many; fewer when that does not come.
  func requests(atLeast count: Int) throws -> [Request] {
    try look({ try requests() }, until: { $0.count >= count })
  }
}
