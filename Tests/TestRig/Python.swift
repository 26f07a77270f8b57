import Foundation

/// Python with the packages of `scripts/requirements-test.txt`, in the virtual environment that `scripts/test` makes.
public enum Python {
  /// The interpreter.
  public static let path = RepositoryFolder.path + "/.venv/bin/python"

  /// Whether these modules, with commas between, are there.
  public static func has(_ modules: String) -> Bool {
    guard FileManager.default.isExecutableFile(atPath: path) else { return false }
    return (try? Program.run(path, ["-c", "import \(modules)"]).status) == 0
  }

  /// Runs a program of the folder `scripts`.
  public static func run(script: String, _ arguments: [String]) throws -> Program {
    try Program.run(path, [RepositoryFolder.path + "/scripts/" + script] + arguments)
  }
}
