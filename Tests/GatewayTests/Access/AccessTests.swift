import Cryptography
import Foundation
import Gateway
import Testing

/// Who may do what.
struct AccessTests {
  private static func certificate(_ number: UInt8, id: String? = nil) -> PeerIdentity {
    .verified(PeerCertificate(hsaID: id, fingerprint: SHA256.digest(of: [number]), expires: 0))
  }

  private func system(_ name: String, _ change: (inout SystemAccount) -> Void) -> SystemAccount {
    var system = SystemAccount(name)
    change(&system)
    return system
  }

  private func outcome(_ access: Access, _ evidence: Evidence) -> Result<String?, AccessRefusal> {
    do throws(AccessRefusal) {
      return .success(try access.caller(showing: evidence).name)
    } catch {
      return .failure(error)
    }
  }

  private var access: Access {
    Access([
      system("visiba") { $0.tokens = [TokenHash(of: "old"), TokenHash(of: "new")] },
      system("journal") {
        $0.hsaIDs = ["SE2321000016-A001"]
        $0.networks = [Network("10.1.0.0/16")].compactMap(\.self)
      },
      system("lab") { $0.fingerprints = [SHA256.digest(of: [7]).hexadecimal.uppercased()] },
    ])
  }

  @Test("A system is known by its token, its certificate or its address, and by nothing less")
  func known() {
    let cases: [(Evidence, Result<String?, AccessRefusal>)] = [
      (Evidence(), .failure(.noCredentials)),
      (Evidence(token: "old"), .success("visiba")),
      (Evidence(token: "new"), .success("visiba")),
      (Evidence(token: ""), .failure(.unknownToken)),
      (Evidence(token: "newer"), .failure(.unknownToken)),
      (Evidence(token: TokenHash(of: "new").description), .failure(.unknownToken)),
      (Evidence(identity: Self.certificate(1, id: "se2321000016-a001")), .success("journal")),
      (Evidence(identity: Self.certificate(1, id: "SE2321000016-A00")), .failure(.unknownCertificate)),
      (Evidence(identity: Self.certificate(1)), .failure(.unknownCertificate)),
      (Evidence(identity: Self.certificate(7)), .success("lab")),
      (Evidence(identity: .refused(.expired)), .failure(.wrongCertificate(.expired))),
      (Evidence(address: "10.1.255.1"), .success("journal")),
      (Evidence(address: "10.2.0.1"), .failure(.unknownAddress)),
      (Evidence(identity: .refused(.revoked), address: "10.1.0.1"), .failure(.wrongCertificate(.revoked))),
      (Evidence(identity: Self.certificate(3), address: "10.1.0.1"), .failure(.unknownCertificate)),
    ]
    for (evidence, expected) in cases { #expect(outcome(access, evidence) == expected, "\(evidence)") }
  }

  @Test("Who shows two things must be the same by both")
  func contradictions() {
    let journal = Self.certificate(1, id: "SE2321000016-A001")
    #expect(outcome(access, Evidence(token: "new", identity: journal)) == .failure(.contradiction))
    #expect(outcome(access, Evidence(token: "new", identity: Self.certificate(9))) == .success("visiba"))
    #expect(outcome(access, Evidence(token: "new", identity: .refused(.expired))) == .success("visiba"))
    #expect(outcome(access, Evidence(token: "bad", identity: journal)) == .failure(.unknownToken))
    let both = Self.certificate(7, id: "SE2321000016-A001")
    #expect(outcome(access, Evidence(identity: both)) == .failure(.contradiction))
  }

  @Test("Where a certificate is demanded, a token alone is not enough")
  func demanded() {
    let access = Access([system("visiba") { $0.tokens = [TokenHash(of: "new")] }], demandsCertificate: true)
    #expect(outcome(access, Evidence(token: "new")) == .failure(.certificateDemanded))
    let expired = Evidence(token: "new", identity: .refused(.expired))
    #expect(outcome(access, expired) == .failure(.wrongCertificate(.expired)))
    #expect(outcome(access, Evidence(token: "new", identity: Self.certificate(5))) == .success("visiba"))
  }

  @Test("Nobody is known where there are no systems, and anybody where it is open")
  func extremes() throws {
    #expect(outcome(Access([]), Evidence(token: "")) == .failure(.unknownToken))
    #expect(outcome(Access([system("nobody") { _ in }]), Evidence()) == .failure(.noCredentials))
    let anybody = try Access.open.caller(showing: Evidence())
    #expect(Right.allCases.allSatisfy { anybody.may($0, on: "x") })
    #expect(Right.allCases.allSatisfy { !Caller.stranger.may($0) && !Caller.stranger.may($0, on: "x") })
  }

  @Test("No right follows from another", arguments: Right.allCases)
  func separate(_ right: Right) {
    let grants = Grants([right: [.all]])
    #expect(Right.allCases.filter { grants.allow($0, on: "a/b") } == [right])
    #expect(Right.allCases.filter { grants.allow($0, on: nil) } == [right])
  }

  @Test("A pattern means one name, all that begin alike, or all")
  func patterns() throws {
    let names = ["journal/adt", "journal/adt2", "journal", "journal/", "visiba/visit", "Journal/adt"]
    let meant = [
      "journal/adt": ["journal/adt"], "journal/*": ["journal/adt", "journal/adt2", "journal/"], "*": names,
      "journal*": ["journal/adt", "journal/adt2", "journal", "journal/"],
    ]
    for (text, expected) in meant {
      let pattern = try #require(MappingPattern(text))
      #expect(names.filter(pattern.matches) == expected, "\(text)")
    }
    for text in ["", "*/adt", "a*b", "**", "a b"] { #expect(MappingPattern(text) == nil, "\(text)") }
  }

  @Test("A token is 256 bits of chance, and its hash is all that is written down")
  func tokens() throws {
    var chance = SystemRandomNumberGenerator()
    let tokens = (0..<200).map { _ in AccessToken(using: &chance) }
    #expect(Set(tokens.map(\.text)).count == 200)
    #expect(tokens.allSatisfy { $0.text.wholeMatch(of: /sluss_[A-Za-z0-9_\-]{43}/) != nil })
    let token = tokens[0]
    let read = try #require(TokenHash(token.hash.description))
    #expect(read.matches(TokenHash(of: token.text)) && !read.matches(tokens[1].hash))
    let digest = SHA256.digest(of: Array(token.text.utf8)).hexadecimal
    #expect(token.hash.description == "sha256:\(digest)")
    #expect(TokenHash("sha256:\(digest.uppercased())") == token.hash)
    for text in [
      token.text, digest, "sha256:", "sha256:\(digest)0", "sha256:\(digest.dropLast())", "sha1:\(digest)",
    ] {
      #expect(TokenHash(text) == nil)
    }
  }

  @Test("Networks are told apart by their bits")
  func networks() throws {
    let cases: [(String, inside: [String], outside: [String])] = [
      ("10.1.2.3", ["10.1.2.3"], ["10.1.2.4", "::ffff:10.1.2.3", "10.1.2", "", "localhost"]),
      ("10.0.0.0/9", ["10.0.0.1", "10.127.255.255"], ["10.128.0.0", "11.0.0.0"]),
      ("0.0.0.0/0", ["1.2.3.4"], ["::1"]), ("::1", ["::1", "0:0::1"], ["::2", "127.0.0.1"]),
      ("fd00::/8", ["fdff::1"], ["fc00::1"]),
    ]
    for (text, inside, outside) in cases {
      let network = try #require(Network(text))
      #expect(inside.allSatisfy(network.contains), "\(text)")
      #expect(!outside.contains(where: network.contains), "\(text)")
    }
    for text in ["", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "x", "10.0.0.0/8/8"] {
      #expect(Network(text) == nil, "\(text)")
    }
    let isPrivate = [
      "127.0.0.1": true, "10.0.0.0/8": true, "10.0.0.0/7": false, "8.8.8.8": false, "::1": true,
    ]
    for (text, expected) in isPrivate { #expect(Network(text)?.isPrivate ?? false == expected, "\(text)") }
    #expect(Network("10.0.0.1")?.isLoopback == false && Network("127.9.9.9")?.isLoopback == true)
    #expect(Network("0.0.0.0")?.isPrivate == false)
  }
}
