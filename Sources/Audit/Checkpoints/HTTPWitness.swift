/// A witness that is asked over HTTP (C2SP tlog-witness, add-checkpoint).
///
/// The request itself is made by whoever has a client, so that certificates and limits are set in one place.
public struct HTTPWitness: Witness {
  /// Posts a body to a path below the witness's address; the status and the body of the answer.
  public typealias Post =
    @Sendable (_ path: String, _ body: [UInt8]) async throws -> (status: Int, body: [UInt8])

  /// The key of its cosignatures.
  public let key: NoteKey
  private let post: Post

  /// A witness with a key, reached by a client.
  public init(key: NoteKey, post: @escaping Post) {
    self.key = key
    self.post = post
  }

  /// Posts the request; 409 brings the size that the witness knows.
  public func cosign(_ request: WitnessRequest, time: Int64) async throws -> WitnessAnswer {
    let answer = try await post("/add-checkpoint", Array(request.body.utf8))
    let text = String(validating: answer.body, as: UTF8.self) ?? ""
    switch answer.status {
    case 200:
      let lines = text.split(separator: "\n")
      let signature = lines.lazy.compactMap { SignedNote.signature($0) }.first {
        $0.keyID == key.id && $0.name == key.name
      }
      return signature.map(WitnessAnswer.cosigned) ?? .refused("its answer holds no cosignature of its key")
    case 409:
      guard let size = Int(text.split(separator: "\n").first ?? ""), size >= 0 else {
        return .refused("it tells no size")
      }
      return .knows(size: size)
    case let status: return .refused("it answers \(status)")
    }
  }
}
