import Cryptography
import Foundation

/// A witness that keeps its state in a folder, as on a disk that belongs to somebody else.
public struct DirectoryWitness: Witness {
  /// The key of its cosignatures.
  public let key: NoteKey
  private let signer: NoteSigner
  private let log: [NoteKey]
  private let place: CheckpointPlace

  /// A witness for one log.
  ///
  /// - Parameters:
  ///   - folder: must exist; the file `checkpoint` in it holds the last cosigned note.
  ///   - keys: whose signer makes cosignatures.
  ///   - log: the keys of the log.
  public init(folder: String, keys: SigningKeys, log: [NoteKey]) {
    key = keys.signer.key
    signer = keys.signer
    self.log = log
    place = CheckpointPlace(folder + "/checkpoint")
  }

  /// Cosigns what continues the checkpoint in the folder, and keeps it.
  public func cosign(_ request: WitnessRequest, time: Int64) throws(AuditError) -> WitnessAnswer {
    guard var note = SignedNote(request.checkpoint), let next = Checkpoint(note.text),
      case .signed(let signers) = note.verify(log), signers.contains(where: { $0.name == next.origin })
    else { return .refused("the checkpoint is not signed by a log that is known") }
    let kept = try place.read()
    let old = try kept.map { text throws(AuditError) in try checkpoint(text) }
    guard (old?.size ?? 0) == request.oldSize else { return .knows(size: old?.size ?? 0) }
    if let old {
      guard old.size > 0 || request.proof.isEmpty,
        old.size == 0
          || MerkleTree.verifyConsistency(
            first: old.size, firstRoot: old.root, second: next.size, secondRoot: next.root,
            proof: request.proof)
      else { return .refused("the log does not continue the checkpoint of \(old.size) entries") }
    }
    let cosignature = signer.sign(note.text, time: time)
    note.signatures.append(cosignature)
    guard try place.swap(kept, for: note.description) else {
      return .refused("another checkpoint came meanwhile")
    }
    return .cosigned(cosignature)
  }

  private func checkpoint(_ text: String) throws(AuditError) -> Checkpoint {
    guard let note = SignedNote(text), let checkpoint = Checkpoint(note.text),
      note.isExactly(by: log + [key], including: checkpoint.origin)
    else { throw .malformed(path: place.path, reason: "it holds no checkpoint that was cosigned here") }
    return checkpoint
  }
}
