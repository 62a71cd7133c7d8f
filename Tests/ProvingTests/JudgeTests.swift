import Testing

@testable import Proving

/// What counts as having seen a symptom.
struct JudgeTests {
  private func judge(
    _ symptom: String, _ state: RunRecord.Container.State = .running, ports: [RunRecord.Port] = [],
    stop: RunRecord.Stop? = nil, build: RunRecord.Build.Ending = .made, isTask: Bool = false
  ) -> Sighting {
    var record = RunRecord()
    record.builds = [.init(service: "web", ending: build, seconds: 1, lines: [])]
    if build == .made {
      var container = RunRecord.Container(service: "web", state: state)
      container.ports = ports
      container.stop = stop
      container.isTask = isTask
      record.containers = [container]
    }
    return Judge(record, subject: "web", isNamed: false).sighting(of: symptom)
  }

  private func port(_ answer: PortProbe.Answer, host: Int? = 40000) -> RunRecord.Port {
    .init(container: 80, host: host, answer: answer, seconds: 1)
  }

  private func stop(_ seconds: Double, _ status: Int, _ request: OpenRequest.End? = nil) -> RunRecord.Stop {
    .init(seconds: seconds, status: status, grace: 10, request: request)
  }

  @Test func anEndAtOnceIsSeenWhateverItsStatus() {
    #expect(judge("exits-immediately", .ended(status: 0, outOfMemory: false)).isSeen)
    #expect(judge("exits-immediately", .ended(status: 1, outOfMemory: false)).isSeen)
    #expect(judge("exits-immediately", .notStarted("no such file")).isSeen)
    #expect(judge("exits-immediately").isAbsent)
    // What others wait for may end.
    #expect(judge("exits-immediately", .ended(status: 0, outOfMemory: false), isTask: true).isAbsent)
    #expect(judge("exits-immediately", .ended(status: 3, outOfMemory: false), isTask: true).isSeen)
  }

  @Test func aPortAnswersOrItDoesNot() {
    #expect(judge("port-unreachable", ports: [port(.answers)]).isAbsent)
    #expect(judge("port-unreachable", ports: [port(.refused)]).isSeen)
    #expect(judge("port-unreachable", ports: [port(.empty)]).isSeen)
    #expect(judge("port-unreachable", ports: [port(.refused, host: nil)]).isSeen)
    #expect(judge("port-unreachable").isSeen)
  }

  @Test func aStopIsSlowOrUncleanOrNeither() {
    #expect(judge("signal-handling", stop: stop(10.2, 137)).isSeen)
    #expect(judge("signal-handling", stop: stop(0.3, 2)).isSeen)
    #expect(judge("signal-handling", stop: stop(0.3, 0, .cut)).isSeen)
    #expect(judge("signal-handling", stop: stop(2.3, 0, .answered)).isAbsent)
    #expect(judge("signal-handling", stop: stop(0.3, 143)).isAbsent)
    // What ended by itself cannot be told to stop.
    #expect(judge("signal-handling", .ended(status: 1, outOfMemory: false)) != judge("signal-handling"))
  }

  @Test func aFailedBuildHidesWhatWouldHaveRun() {
    #expect(judge("build-fails", build: .failed(status: 1)).isSeen)
    #expect(judge("module-download", build: .timedOut).isSeen)
    #expect(judge("build-fails").isAbsent)
    for symptom in ["exits-immediately", "port-unreachable", "signal-handling"] {
      let sighting = judge(symptom, build: .failed(status: 1))
      #expect(!sighting.isSeen && !sighting.isAbsent)
    }
  }

  @Test func aRunThatWasCutOffProvesNothing() {
    var record = RunRecord()
    record.interruption = .engine("gone")
    for symptom in ["build-fails", "exits-immediately", "permission-denied"] {
      let sighting = Judge(record, subject: nil, isNamed: true).sighting(of: symptom)
      #expect(!sighting.isSeen && !sighting.isAbsent)
    }
  }
}
