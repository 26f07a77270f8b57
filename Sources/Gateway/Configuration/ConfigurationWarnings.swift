import Foundation
public import Mapping

extension GatewayConfiguration {
  /// What lets the gateway start but not do all that its files ask for.
  /// - Parameter library: the mappings that it would serve.
  public func warnings(in library: MappingLibrary) -> [String] {
    let names = Array(library.mappings.keys)
    return store.warnings + routeWarnings(library)
      + targets.sorted { $0.key < $1.key }.flatMap { $0.value.warnings(named: $0.key) }
      + systemWarnings(names) + ownWarnings(library) + mllpWarnings(names) + retentionWarnings(names)
      + engagementWarnings(library) + consumerWarnings
      + alerts.warnings(mappings: names, targets: Set(targets.keys))
  }

  private func routeWarnings(_ library: MappingLibrary) -> [String] {
    let destinations = library.mappings.values.flatMap(\.routes).flatMap(\.destinations).map(\.target)
    return Set(destinations).subtracting(targets.keys).sorted().map {
      "routes go to \($0), which is not configured: its deliveries wait"
    }
  }

  private func systemWarnings(_ names: [String]) -> [String] {
    access.accounts.flatMap { system in
      system.grants.patterns.map(\.description).sorted().compactMap {
        Self.fits($0, names)
          ? nil : "the system \(system.name) has rights for \($0), and there is no such mapping"
      }
    }
  }

  private func ownWarnings(_ library: MappingLibrary) -> [String] {
    let own = library.mappings.values.filter(\.isOwn).map(\.name).sorted()
    return access.accounts.flatMap { system in
      own.filter { system.grants.namesForPushing($0) }.map {
        "the system \(system.name) has the right to push \($0), and only Sluss itself does that: it is refused"
      }
    }
  }

  private func mllpWarnings(_ names: [String]) -> [String] {
    mllp.flatMap { entrance in
      let meant = Set(entrance.messages.values).union(entrance.mapping.map { [$0] } ?? [])
      return meant.subtracting(names).sorted().map {
        "the MLLP entrance \(entrance.name) is for \($0), and there is no such mapping: its messages are refused"
      }
    }
  }

  private func retentionWarnings(_ names: [String]) -> [String] {
    retention.messages.map(\.name).compactMap {
      Self.fits($0, names) ? nil : "retention is for messages of \($0), and there is no such mapping"
    }
  }

  /// Who may ask over RIV-TA or FHIR and is no system that is known.
  private var consumerWarnings: [String] {
    let known = Set(access.accounts.map(\.name))
    let asking = [
      ("rivta", rivta.map { Array($0.consumers.keys) } ?? []),
      ("fhir", fhir.map { Array($0.consumers.keys) } ?? []),
    ]
    return asking.flatMap { section, names in
      Set(names).subtracting(known).subtracting(access.isOpen ? [FHIRRules.anybody] : []).sorted().map {
        "\(section): \($0) may ask, and there is no such system in `systems`"
      }
    }
  }

  static func fits(_ pattern: String, _ names: some Sequence<String>) -> Bool {
    MappingPattern(pattern).map { pattern in names.contains(where: pattern.matches) } ?? false
  }
}

extension TargetConfiguration {
  fileprivate func warnings(named name: String) -> [String] {
    switch way {
    case .mllp: []
    case .directory(let folder):
      FolderCheck.fault(of: folder, mayBeMade: false).map { ["\(name): \($0)"] } ?? []
    case .http(let target): target.warnings(named: name)
    }
  }
}

extension HTTPTarget {
  func warnings(named name: String) -> [String] {
    let files = [certificate, key, trust].compactMap { $0 }
    let unreadable = files.filter { !FileManager.default.isReadableFile(atPath: $0) }
    let token = token.map { $0.value() == nil ? ["\(name): its token can't be read"] : [] } ?? []
    return token + unreadable.map { "\(name): \($0) can't be read" }
  }
}

extension AlertConfiguration {
  fileprivate func warnings(mappings: [String], targets: Set<String>) -> [String] {
    rules.compactMap { $0.warning(mappings, targets) }
      + receivers.sorted { $0.key < $1.key }.flatMap { name, receiver in
        switch receiver {
        case .webhook(let target): target.warnings(named: name)
        case .mail(let mail): mail.warnings(named: name)
        }
      }
  }
}

extension AlertRule {
  fileprivate func warning(_ mappings: [String], _ targets: Set<String>) -> String? {
    let (what, pattern, known): (String, MappingPattern, [String]) =
      switch condition {
      case .queue(let target, _, _), .dead(let target, _), .failures(.attempts(let target), _, _, _):
        ("target", target, Array(targets))
      case .failures(.messages(let mapping), _, _, _), .silence(let mapping, _, _, _):
        ("mapping", mapping, mappings)
      case .certificate, .store: ("", .all, [""])
      }
    if pattern == .all || known.contains(where: pattern.matches) { return nil }
    return "the alert \(name) is about \(pattern), and there is no such \(what)"
  }
}

extension MailReceiver {
  fileprivate func warnings(named name: String) -> [String] {
    let trust = trust.flatMap { FileManager.default.isReadableFile(atPath: $0) ? nil : $0 }
    return (trust.map { ["\(name): \($0) can't be read"] } ?? [])
      + (password.map { $0.value() == nil ? ["\(name): its password can't be read"] : [] } ?? [])
  }
}
