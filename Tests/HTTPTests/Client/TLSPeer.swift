import Foundation
import TestRig

/// A server of somebody else's making, in a process of its own that ends with this object.
final class PeerProcess {
  /// The port that the server says it listens on.
  let port: UInt16
  private let process: ChildProcess
  private let output = Pipe()

  /// Starts it and waits for a line with the marker and, after its last colon, the port.
  init(_ program: String, _ arguments: [String], marker: String) throws {
    process = try ChildProcess(program, arguments, output: .file(output.fileHandleForWriting))
    try output.fileHandleForWriting.close()
    let line = Self.line(with: marker, from: output.fileHandleForReading)
    guard let port = line?.split(separator: ":").last.flatMap({ UInt16($0) }) else { throw POSIXError(.EIO) }
    self.port = port
    output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
  }

  deinit {
    output.fileHandleForReading.readabilityHandler = nil
    process.kill()
  }

  private static func line(with marker: String, from file: FileHandle) -> Substring? {
    var text = ""
    while true {
      let piece = file.availableData
      guard !piece.isEmpty else { return nil }
      text += String(decoding: piece, as: UTF8.self)
      let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if let line = whole.first(where: { $0.contains(marker) }) { return line }
    }
  }
}

/// An `openssl s_server` that answers each GET with a page about the connection, and closes.
final class TLSPeer {
  private let process: PeerProcess
  var port: UInt16 { process.port }

  /// Serves with the named certificate.
  init(_ certificates: Certificates, _ name: String, _ options: String...) throws {
    let key = ["-cert", certificates.path("\(name).pem"), "-key", certificates.path("\(name).key")]
    let arguments = ["s_server", "-www", "-4", "-accept", "127.0.0.1:0"] + key + options
    process = try PeerProcess("/usr/bin/openssl", arguments, marker: "ACCEPT")
  }
}

/// A server that keeps its connections, and answers each request with the number of the connection and the
/// name in the client's certificate.
final class KeepingPeer {
  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
  private let process: PeerProcess
  var port: UInt16 { process.port }

  init(_ certificates: Certificates) throws {
    let files = [
      certificates.path("server-of-authority.pem"), certificates.path("server-of-authority.key"),
      certificates.path("authority.pem"),
    ]
    process = try PeerProcess("/usr/bin/python3", ["-c", Self.script] + files, marker: "port:")
  }

  private static let script = """
    import http.server, itertools, ssl, sys
    numbers = itertools.count(1)
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def setup(self):
            super().setup()
            self.number = next(numbers)
        def do_GET(self):
            subject = (self.connection.getpeercert() or {}).get("subject", [[("", "nobody")]])
            page = f"{self.number} {subject[0][0][1]}".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    context.load_verify_locations(sys.argv[3])
    context.verify_mode = ssl.CERT_OPTIONAL
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(f"port:{server.server_address[1]}", flush=True)
    server.serve_forever()
    """
}
