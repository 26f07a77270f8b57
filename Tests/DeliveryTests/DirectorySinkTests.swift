import Delivery
import Foundation
import Testing

@Suite("A directory sink")
struct DirectorySinkTests {
  private let content = Array("billing record".utf8)

  @Test("writes a file whole and leaves nothing beside it", arguments: [0, 14, 5_000_000])
  func writes(_ size: Int) throws {
    let directory = try TemporaryDirectory()
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try DirectorySink(directory: directory.path).write(bytes, named: "Fil å.csv")
    #expect(directory.names == ["Fil å.csv"])
    #expect(directory.content("Fil å.csv") == bytes)
  }

  @Test("gives files the permissions that it was told")
  func permissions() throws {
    let directory = try TemporaryDirectory()
    try DirectorySink(directory: directory.path, permissions: 0o600).write(content, named: "a")
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/a")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("changes nothing when the same is written again")
  func idempotent() throws {
    let directory = try TemporaryDirectory()
    let sink = DirectorySink(directory: directory.path)
    try sink.write(content, named: "a")
    let before = try FileManager.default.attributesOfItem(atPath: directory.path + "/a")
    try sink.write(content, named: "a")
    let after = try FileManager.default.attributesOfItem(atPath: directory.path + "/a")
    #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
    #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
    #expect(directory.names == ["a"])
  }

  @Test(
    "refuses other content under the same name and leaves the file alone",
    arguments: ["", "billing recorD", "billing record."])
  func different(_ other: String) throws {
    let directory = try TemporaryDirectory()
    let sink = DirectorySink(directory: directory.path)
    try sink.write(content, named: "a")
    #expect(throws: DirectorySinkError.differentContent) { try sink.write(Array(other.utf8), named: "a") }
    #expect(directory.content("a") == content)
    #expect(directory.names == ["a"])
  }

  @Test("refuses to take a directory's or a pipe's name")
  func notAFile() throws {
    let directory = try TemporaryDirectory()
    let sink = DirectorySink(directory: directory.path)
    mkdir(directory.path + "/folder", 0o700)
    mkfifo(directory.path + "/pipe", 0o600)
    for name in ["folder", "pipe"] {
      #expect(throws: DirectorySinkError.differentContent) { try sink.write([], named: name) }
    }
  }

  @Test(
    "refuses names that lead elsewhere or hide",
    arguments: [
      "", ".", "..", ".hidden", "a/b", "/etc/passwd", "../a", "a\0b", "a\nb", "a\u{7F}",
      String(repeating: "x", count: 201), String(repeating: "å", count: 101),
    ])
  func names(_ name: String) throws {
    let directory = try TemporaryDirectory()
    let sink = DirectorySink(directory: directory.path)
    #expect(throws: DirectorySinkError.malformedName) { try sink.write(content, named: name) }
    #expect(directory.names.isEmpty)
  }

  @Test("takes a name of the greatest length")
  func longName() throws {
    let directory = try TemporaryDirectory()
    let name = String(repeating: "x", count: DirectorySink.maximumNameBytes)
    try DirectorySink(directory: directory.path).write(content, named: name)
    #expect(directory.names == [name])
  }

  @Test("says that its directory is missing")
  func missing() throws {
    let directory = try TemporaryDirectory()
    try DirectorySink(directory: directory.path).write(content, named: "file")
    for path in [directory.path + "/none", directory.path + "/file"] {
      let sink = DirectorySink(directory: path)
      #expect(throws: DirectorySinkError.missingDirectory) { try sink.write(content, named: "a") }
    }
  }

  @Test("says that it may not write")
  func notPermitted() throws {
    let directory = try TemporaryDirectory()
    chmod(directory.path, 0o500)
    // The superuser may write anywhere but in the kernel's own file systems.
    let path = geteuid() == 0 ? "/sys" : directory.path
    #expect(throws: DirectorySinkError.notPermitted) {
      try DirectorySink(directory: path).write(content, named: "a")
    }
    chmod(directory.path, 0o700)
  }

  @Test("says that the disk is full, and leaves nothing of the file", .enabled(if: geteuid() == 0))
  func full() throws {
    let directory = try TemporaryDirectory()
    guard mount("sluss-test", directory.path, "tmpfs", 0, "size=64k") == 0 else { return }
    defer { umount(directory.path) }
    let sink = DirectorySink(directory: directory.path)
    let large = [UInt8](repeating: 1, count: 1 << 20)
    #expect(throws: DirectorySinkError.full) { try sink.write(large, named: "a") }
    #expect(directory.names.isEmpty)
    try sink.write(content, named: "a")
  }

  @Test("shows a reader whole files only, and writers of the same file do not disturb each other")
  func concurrent() throws {
    let directory = try TemporaryDirectory()
    let sink = DirectorySink(directory: directory.path)
    let bytes = [UInt8](repeating: 7, count: 300_000)
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      if number % 2 == 0 {
        #expect(throws: Never.self) { try sink.write(bytes, named: "file-\(number / 20)") }
      } else {
        for name in directory.names where !name.hasPrefix(".") { #expect(directory.content(name) == bytes) }
      }
    }
    #expect(directory.names == (0..<10).map { "file-\($0)" })
  }

  @Test("has nothing of names or contents in its errors")
  func discreet() throws {
    let directory = try TemporaryDirectory()
    let sink = DirectorySink(directory: directory.path)
    try sink.write(content, named: "191212121212")
    let error = #expect(throws: DirectorySinkError.self) { try sink.write([], named: "191212121212") }
    #expect(error?.description.contains("1912") == false)
  }
}
