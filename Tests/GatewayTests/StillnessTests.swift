import Testing

@testable import Gateway

/// When a folder that changes is read.
struct StillnessTests {
  /// The moments at which a folder that is looked at once a second is read, two seconds of stillness asked
  /// for.
  private func readings(_ states: [Int]) -> [Int] {
    var stillness = Stillness<Int>(quiet: .seconds(2))
    return states.indices.filter { stillness.isDue(states[$0], at: .seconds($0)) }
  }

  @Test("A folder that stays as it is is read once")
  func still() {
    #expect(readings([1, 1, 1, 1, 1, 1, 1]) == [2])
  }

  @Test("Each state that lasts is read once, those that pass are not")
  func changing() {
    #expect(readings([1, 1, 1, 2, 3, 4, 4, 4, 4, 4]) == [2, 7])
    #expect(readings([1, 2, 1, 2, 1, 2]) == [])
  }

  @Test("A state that comes back is read again")
  func comingBack() {
    #expect(readings([1, 1, 1, 2, 1, 1, 1]) == [2, 6])
  }

  @Test("What is forgotten is read again, after a new stillness")
  func forgotten() {
    var stillness = Stillness<Int>(quiet: .seconds(2))
    let due = (0..<8).filter { second in
      if second == 4 { stillness.forget() }
      return stillness.isDue(1, at: .seconds(second))
    }
    #expect(due == [2, 6])
  }

  @Test(
    "Whatever happens, the last state is read if it lasts, and nothing is read that changed within two seconds"
  )
  func law() {
    for seed in 0..<500 {
      var random = SystemRandomNumberGenerator()
      var states = (0..<30).map { _ in Int.random(in: 0...2, using: &random) }
      states += [9, 9, 9]
      let read = readings(states)
      #expect(read.last == states.count - 1, "\(seed): \(states)")
      #expect(read.allSatisfy { $0 >= 2 && states[$0] == states[$0 - 1] && states[$0] == states[$0 - 2] })
    }
  }
}
