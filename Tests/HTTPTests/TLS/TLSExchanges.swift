import Foundation
import TestRig

/// Requests that Python's own TLS sends, each on a connection of its own, and what came back until the close.
struct TLSExchanges {
  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
  let answers: [String]

  init(_ port: UInt16, _ requests: [String], threads: Int = 8) throws {
    let input = String(decoding: try JSONEncoder().encode(requests), as: UTF8.self)
    let told = try Program.run(
      "/usr/bin/python3", ["-c", Self.program, "\(port)", "\(threads)"], input: Array(input.utf8))
    answers = try JSONDecoder().decode([String].self, from: Data(told.output.utf8))
  }

  private static let program = """
    import concurrent.futures, json, socket, ssl, sys
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    def exchange(request):
        got = b""
        with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 300) as plain:
            with context.wrap_socket(plain) as wire:
                try:
                    wire.sendall(request.encode())
                    while piece := wire.recv(65536):
                        got += piece
                except OSError as error:
                    pass
        return got.decode("latin-1")
    with concurrent.futures.ThreadPoolExecutor(int(sys.argv[2])) as pool:
        print(json.dumps(list(pool.map(exchange, json.load(sys.stdin)))))
    """
}
