import Audit
import Cryptography
import Testing

/// C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof.
@Suite("Notes")
struct NoteTests {
  // The example of Go's note package, golang.org/x/mod/sumdb/note.
  static let text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  static let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  static let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  static let note =
    text + "\n"
    + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

  @Test("Go's example signs and verifies")
  func example() throws {
    let signer = try #require(NoteSigner(Self.secret))
    let key = try #require(NoteKey(Self.key))
    #expect(signer.key == key && key.description == Self.key)
    #expect(
      SignedNote(text: Self.text, signatures: [signer.sign(Self.text, time: 0)]).description == Self.note)
    let note = try #require(SignedNote(Self.note))
    #expect(note.text == Self.text && note.description == Self.note)
    #expect(note.verify([key]) == .signed(by: [key]))
  }

  @Test("A changed text is wrong, an unknown key's line is passed over, and nobody's note is unknown")
  func verdicts() throws {
    let key = try #require(NoteKey(Self.key))
    let other = try #require(NoteSigner(name: "other", kind: .ed25519, privateKey: .random()))
    let changed = try #require(SignedNote(Self.note.replacing("answer", with: "question")))
    #expect(changed.verify([key]) == .wrong(key))
    var both = try #require(SignedNote(Self.note))
    both.signatures.insert(other.sign(Self.text, time: 0), at: 0)
    #expect(both.verify([key]) == .signed(by: [key]))
    #expect(both.verify([key, other.key]) == .signed(by: [other.key, key]))
    #expect(both.verify([]) == .unknown)
  }

  @Test(
    "What is no note is refused",
    arguments: [
      "", "\n", "text\n", "text\n\n", "text\n\n— a\n", "text\n\n— a b\n", "text\n\n- a AAAAAAA=\n",
      "text\n— a AAAAAAA=\n", "te\u{1}xt\n\n— a AAAAAAA=\n", "text\n\n— a AAAAAAA=", "text\n\n— a AAAAAAB=\n",
      "text\n\n—  AAAAAAA=\n",
    ])
  func malformed(_ note: String) {
    #expect(SignedNote(note) == nil)
  }

  @Test("Keys' names have neither spaces nor plus signs, and their ids must be right")
  func keyNames() {
    let key = [UInt8](repeating: 1, count: 32)
    #expect(NoteKey(name: "a b", kind: .ed25519, publicKey: key) == nil)
    #expect(NoteKey(name: "a+b", kind: .ed25519, publicKey: key) == nil)
    #expect(NoteKey(name: "", kind: .ed25519, publicKey: key) == nil)
    #expect(NoteKey(name: "a", kind: .ed25519, publicKey: [1]) == nil)
    #expect(NoteKey(Self.key.replacing("c74f20a3", with: "c74f20a4")) == nil)
  }

  @Test("A checkpoint has one form")
  func checkpoints() throws {
    let text = "gw.test/audit\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nmore\n"
    let checkpoint = try #require(Checkpoint(text))
    #expect(checkpoint.origin == "gw.test/audit" && checkpoint.size == 20_852_163)
    #expect(checkpoint.extensions == ["more"] && checkpoint.text == text)
    for (old, new) in [
      ("20852163", "020852163"), ("20852163", "-1"), ("Cs", ""), ("gw.test/audit", ""), ("more", ""),
    ] {
      #expect(Checkpoint(text.replacing(old, with: new)) == nil)
    }
  }

  @Test("A cosignature is of the text and of its time")
  func cosignatures() throws {
    let witness = try #require(NoteSigner(name: "w.test/1", kind: .cosignature, privateKey: .random()))
    let signature = witness.sign(Self.text, time: 1_679_315_147)
    let note = SignedNote(text: Self.text, signatures: [signature])
    #expect(signature.bytes.count == 72)
    #expect(note.verify([witness.key]) == .signed(by: [witness.key]))
    var later = signature.bytes
    later[7] ^= 1
    let moved = SignedNote.Signature(name: signature.name, keyID: signature.keyID, bytes: later)
    #expect(SignedNote(text: Self.text, signatures: [moved]).verify([witness.key]) == .wrong(witness.key))
  }

  @Test("The checkpoint that C2SP's text cosigns is read, and its lines are those of its names")
  func published() throws {
    let note = try #require(
      SignedNote(
        """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

        """))
    #expect(Checkpoint(note.text)?.size == 20_852_163)
    #expect(note.signatures.map(\.name) == ["example.com/behind-the-sofa", "witness.example.com/w1"])
    #expect(note.signatures.map(\.bytes.count) == [64, 72])
  }

  @Test("A proof is written and read in its one form")
  func proofs() throws {
    let hash = MerkleTree.leaf([1])
    let proof = LogProof(index: 7, hashes: [hash, hash], checkpoint: Self.note, extra: [1, 2])
    #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nextra AQI=\nindex 7\n"))
    #expect(LogProof(proof.text) == proof)
    let bare = LogProof(index: 0, hashes: [], checkpoint: Self.note)
    #expect(LogProof(bare.text) == bare)
    #expect(LogProof(proof.text.replacing("index 7", with: "index 07")) == nil)
    #expect(LogProof(proof.text.replacing("@v1", with: "@v2")) == nil)
  }
}
