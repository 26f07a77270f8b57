import Foundation
import TestRig
import Testing

/// The rig's processes, since so many tests stand on them.
@Suite("Child processes", .timeLimit(.minutes(60)))
struct ChildProcessTests {
  /// A listing of descriptors fills whole buffers from about 1 360 on.
  @Test("start beside thousands of open descriptors, and get none of them")
  func descriptors() throws {
    let handles = try (0..<3000).map { _ in try #require(FileHandle(forReadingAtPath: "/dev/null")) }
    let told = try Program.run("/bin/ls", ["/proc/self/fd"])
    #expect(told.output.split(separator: "\n") == ["0", "1", "2", "3"], "the three, and ls's own")
    withExtendedLifetime(handles) {}
  }

  @Test("get input, environment and folder, and tell how they ended")
  func streams() throws {
    let told = try Program.run(
      "/bin/sh", ["-c", "cat; echo $NAME >&2; exit 3"], environment: ["NAME": "någon"], input: [0xC3, 0xA5])
    #expect(told.output == "å" && told.errors == "någon\n" && told.status == 3)
    let process = try ChildProcess("/bin/sleep", ["600"])
    #expect(process.isRunning)
    process.signal(SIGTERM)
    #expect(process.end() == 128 + SIGTERM)
    #expect(!process.isRunning)
    #expect(throws: ChildProcess.NotStarted.self) { try ChildProcess("/bin/nothing", []) }
  }
}
