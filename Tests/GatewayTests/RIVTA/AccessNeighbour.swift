import TestRig

/// A running `Fixtures/neighbours/access_checks.py`.
final class AccessNeighbour: Sendable {
  private let process: NeighbourProcess

  init() throws { process = try NeighbourProcess("access_checks.py") }

  var port: UInt16 { process.port }

  /// How it answers from now on, see the program.
  func answer(_ json: String) throws { try process.tell(json, in: "answer") }

  /// The files of the requests of a contract that it got.
  func requests(_ contract: String) throws -> [String] { try process.files(ending: "-\(contract).xml") }
}
