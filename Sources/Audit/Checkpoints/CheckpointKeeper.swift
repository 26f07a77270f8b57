import Cryptography
import Store

/// Signs checkpoints of a log: only of a tree that continues the one signed before.
///
/// Each checkpoint goes to the second place first, by compare-and-swap, then to the store, then to witnesses. One
/// that reached the second place only, as in a crash or when the store failed, is taken up by the store at the next
/// start or signing.
public final class CheckpointKeeper: Sendable {
  private let store: any AuditStore
  private let keys: SigningKeys
  private let place: CheckpointPlace
  private let witnesses: [any Witness]

  /// A keeper for the log of a store; the log's origin is the name of its keys.
  public init(
    _ store: any AuditStore, keys: SigningKeys, place: CheckpointPlace, witnesses: [any Witness] = []
  ) {
    self.store = store
    self.keys = keys
    self.place = place
    self.witnesses = witnesses
  }

  /// To be called at the start, before anything is appended: whether the store's log leads to the last signed
  /// checkpoint. Throws ``AuditError/behind(size:signed:)``, ``AuditError/forked(size:)`` or what is wrong with
  /// the second place; the gateway must not go on then.
  public func check() async throws {
    guard let signed = try last(), let note = try place.read() else { return }
    try requireContinuation(of: signed, by: LogTree(store))
    try await takeUp(note, size: signed.size)
  }

  /// Signs the log as it is now, and gives it to the witnesses. Nothing is signed when nothing came since.
  ///
  /// - Parameter time: seconds since 1970, UTC.
  /// - Returns: the note with all cosignatures, and which witnesses failed and why.
  @discardableResult
  public func sign(time: Int64) async throws -> (note: SignedNote, problems: [AuditError]) {
    let before = try place.read()
    let signed = try last()
    let tree = try LogTree(store)
    if let signed, let before {
      try requireContinuation(of: signed, by: tree)
      try await takeUp(before, size: signed.size)
    }
    if let signed, signed.size == tree.size, let note = before.flatMap({ SignedNote($0) }) {
      return await witness(note, tree, time)
    }
    let checkpoint = Checkpoint(
      origin: keys.signer.key.name, size: tree.size, root: try tree.root(ofSize: tree.size),
      extensions: signed.map { ["previous \($0.size)"] } ?? [])
    let note = SignedNote(
      text: checkpoint.text, signatures: [keys.signer.sign(checkpoint.text, time: time)])
    guard try place.swap(before, for: note.description) else { throw AuditError.overtaken }
    try await keep(note.description, size: tree.size)
    return await witness(note, tree, time)
  }

  // MARK: the last one

  private func last() throws(AuditError) -> Checkpoint? {
    guard let text = try place.read() else { return nil }
    guard let note = SignedNote(text), let checkpoint = Checkpoint(note.text),
      note.isExactly(by: keys.keys, including: checkpoint.origin), checkpoint.origin == keys.signer.key.name
    else { throw .malformed(path: place.path, reason: "it holds no checkpoint of this log") }
    return checkpoint
  }

  private func requireContinuation(of signed: Checkpoint, by tree: LogTree) throws {
    guard signed.size <= tree.size else { throw AuditError.behind(size: tree.size, signed: signed.size) }
    guard try tree.root(ofSize: signed.size) == signed.root else {
      throw AuditError.forked(size: signed.size)
    }
  }

  /// Keeps what is signed but not in the store, which then has no gap between its checkpoints.
  private func takeUp(_ note: String, size: Int) async throws {
    if try store.lastAuditCheckpoint()?.note != note { try await keep(note, size: size) }
  }

  private func keep(_ note: String, size: Int) async throws {
    _ = try await withCheckedThrowingContinuation { waiter in
      store.change(.checkpoint(size: size, note: note)) { waiter.resume(with: $0) }
    }
  }

  // MARK: witnesses

  private func witness(_ note: SignedNote, _ tree: LogTree, _ time: Int64) async -> (SignedNote, [AuditError])
  {
    var cosigned = note
    var problems: [AuditError] = []
    for witness in witnesses {
      do {
        cosigned.signatures.append(try await ask(witness, note, tree, time))
      } catch let error as AuditError {
        problems.append(error)
      } catch {
        problems.append(.witness(name: witness.key.name, reason: "it cannot be asked"))
      }
    }
    return (cosigned, problems)
  }

  private func ask(
    _ witness: any Witness, _ note: SignedNote, _ tree: LogTree, _ time: Int64
  ) async throws -> SignedNote.Signature {
    var old = 0
    for _ in 0..<2 {
      let size = Checkpoint(note.text)?.size ?? 0
      guard old <= size else { break }
      let proof = old == 0 ? [] : try tree.consistencyProof(from: old, toSize: size)
      let request = WitnessRequest(oldSize: old, proof: proof, checkpoint: note.description)
      switch try await witness.cosign(request, time: time) {
      case .cosigned(let signature):
        guard signature.name == witness.key.name, signature.keyID == witness.key.id,
          witness.key.verifies(signature.bytes, text: note.text)
        else { throw AuditError.witness(name: witness.key.name, reason: "its signature is wrong") }
        return signature
      case .knows(let size): old = size
      case .refused(let reason): throw AuditError.witness(name: witness.key.name, reason: reason)
      }
    }
    throw AuditError.witness(name: witness.key.name, reason: "it knows a longer log")
  }
}
