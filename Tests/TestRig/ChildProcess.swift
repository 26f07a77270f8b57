import CSpawn
import Foundation
import Glibc
import Synchronization

/// A program in a process of its own.
///
/// It has its three streams and no other descriptor of ours, all signals at their defaults and none blocked.
/// Foundation's `Process` crashes once more than about 1 300 descriptors are open (it copies whole `dirent`s
/// out of the last of a buffer), lets children of the dispatcher's threads block signals, and hands descriptors on.
public final class ChildProcess: Sendable {
  /// What a stream of the child's is.
  public enum Stream {
    /// `/dev/null`.
    case nothing
    /// The same as ours.
    case ours
    /// The end of a pipe, or a file; it stays open here.
    case file(FileHandle)
  }

  /// The system did not start it.
  public struct NotStarted: Error {
    /// Its path.
    public let program: String
    /// By `errno.h`.
    public let code: Int32
  }

  /// The process id.
  public let identifier: pid_t
  /// Set once it has ended and is reaped.
  private let ended = Mutex<Int32?>(nil)

  /// - Parameters:
  ///   - program: its whole path.
  ///   - environment: ours when absent.
  ///   - folder: where it works; here when absent.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, in folder: String? = nil,
    input: Stream = .nothing, output: Stream = .nothing, errors: Stream = .nothing
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, stream) in [(Int32(0), input), (1, output), (2, errors)] {
      switch stream {
      case .nothing: posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
      case .ours: posix_spawn_file_actions_adddup2(&actions, descriptor, descriptor)
      case .file(let file): posix_spawn_file_actions_adddup2(&actions, file.fileDescriptor, descriptor)
      }
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    if let folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
    var attributes = Self.attributes()
    defer { posix_spawnattr_destroy(&attributes) }
    let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
    var started = pid_t()
    let code = withCStrings([program] + arguments) { words in
      withCStrings(variables) { posix_spawn(&started, program, &actions, &attributes, words, $0) }
    }
    guard code == 0 else { throw NotStarted(program: program, code: code) }
    identifier = started
  }

  private static func attributes() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    return attributes
  }

  /// Whether it has not ended yet.
  public var isRunning: Bool { reap(WNOHANG) == nil }

  /// Sends it a signal, unless it has ended.
  public func signal(_ number: Int32) { ended.withLock { if $0 == nil { Glibc.kill(identifier, number) } } }

  /// Waits for its end.
  /// - Returns: its status, or 128 and the signal that ended it, as a shell tells them.
  @discardableResult
  public func end() -> Int32 {
    var told = siginfo_t()
    // Waiting leaves it to be reaped under the lock: a number that is reaped may be another process's soon.
    while waitid(P_PID, id_t(identifier), &told, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return reap(0) ?? -1
  }

  /// Ends it at once.
  public func kill() {
    signal(SIGKILL)
    end()
  }

  private func reap(_ options: Int32) -> Int32? {
    ended.withLock { ended in
      var status: Int32 = 0
      if ended == nil, waitpid(identifier, &status, options) == identifier {
        ended = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
      }
      return ended
    }
  }
}

/// Lends texts as C's arrays of strings, with a null at the end.
private func withCStrings<R>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
  let pointers = texts.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers)
}
