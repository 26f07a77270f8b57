import Foundation

/// Why a file was not written. Names and contents of files are not in it, since patients may be in them.
public enum DirectorySinkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The name is empty, too long, begins with a dot, or has a slash or a control character.
  case malformedName
  /// A file of that name with other content is there already; it was left alone.
  case differentContent
  /// The directory is not there, or it is not a directory.
  case missingDirectory
  /// The system does not let this process write there.
  case notPermitted
  /// The disk, or this user's share of it, is full.
  case full
  /// The system failed in another way; the number is its `errno`.
  case failed(doing: String, number: Int32)

  /// The error that the last system call left in `errno`.
  static func last(doing: String) -> DirectorySinkError {
    switch errno {
    case ENOENT, ENOTDIR: .missingDirectory
    case EACCES, EPERM, EROFS: .notPermitted
    case ENOSPC, EDQUOT: .full
    case let number: .failed(doing: doing, number: number)
    }
  }

  /// One line for the operator.
  public var description: String {
    switch self {
    case .malformedName:
      "a file name must have 1 to \(DirectorySink.maximumNameBytes) bytes, no leading dot, no slash, no control character"
    case .differentContent: "a file of that name with other content is there already"
    case .missingDirectory: "the directory does not exist"
    case .notPermitted: "no permission to write in the directory"
    case .full: "the disk is full"
    case .failed(let doing, let number): "\(doing) failed: \(String(cString: strerror(number)))"
    }
  }
}
