/// A post of the engagement index (RIV-TA itintegration:engagementindex 1.0), in the words of the hub: the
/// parts of a parameter, as the mappings `engagement-index/update` and
/// `engagement-index/find-content-response` read and write them.
struct Engagement: Codable, Hashable, Sendable {
  /// All by which the index tells posts apart.
  let key: EngagementKey
  /// Since when there is nothing newer.
  var latest: String?
}

/// What must not be twice in one Update (EI002).
struct EngagementKey: Codable, Hashable, Sendable {
  /// In the order of their names.
  let parts: [EngagementPart]

  /// Whether the index takes its values: none has white space at its ends (EI004).
  var isClean: Bool {
    parts.compactMap(\.text).allSatisfy { $0.first?.isWhitespace != true && $0.last?.isWhitespace != true }
  }

  /// The value of a part.
  func value(_ name: String) -> String? { parts.first { $0.name == name }?.text }
}

/// A part of a parameter (FHIR R4, Parameters.parameter.part).
struct EngagementPart: Codable, Hashable, Sendable {
  struct Number: Codable, Hashable, Sendable {
    var system: String?
    let value: String
  }

  let name: String
  var valueBoolean: Bool?
  var valueIdentifier: Number?
  var valueUri: String?
  var valueString: String?
  var valueInstant: String?

  var text: String? { valueString ?? valueUri ?? valueIdentifier?.value ?? valueInstant }
}

/// A post that comes or goes.
struct EngagementTransaction: Hashable, Sendable {
  let engagement: Engagement
  let isDeletion: Bool
}

extension [Engagement] {
  /// Each key once, with the latest of its times.
  var united: [EngagementKey: Engagement] {
    reduce(into: [:]) { found, post in
      let known = found[post.key]?.latest ?? ""
      found[post.key] = Engagement(key: post.key, latest: Swift.max(known, post.latest ?? "").nonEmpty)
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
