import Testing
import Values

@testable import Workflow

@Suite struct StateMachineTests {
    @Test(arguments: StateDiagram.all.map(\.machine))
    func `every state is reached from the beginning`(_ name: String) throws {
        let machine = try #require(StateDiagram.all.first { $0.machine == name })
        var reached = Set(machine.beginnings.map(\.state))
        while true {
            let next = machine.transitions.filter { reached.contains($0.from) }.map(\.to)
            guard !reached.isSuperset(of: next) else { break }
            reached.formUnion(next)
        }
        #expect(reached == Set(machine.states.map(\.code)))
    }

    @Test(arguments: StateDiagram.all.map(\.machine))
    func `an event leads from a state to one other, and to no state it came from`(_ name: String) throws {
        let machine = try #require(StateDiagram.all.first { $0.machine == name })
        let steps = machine.transitions.map { "\($0.from) \($0.event)" }
        #expect(Set(steps).count == steps.count)
        #expect(machine.transitions.allSatisfy { $0.from != $0.to })
    }

    /// What every machine does with every event in every state.
    private func check<Machine: StateMachine>(_ type: Machine.Type) {
        for state in type.allCases {
            for event in type.Event.allCases {
                do {
                    let next = try type.next(after: state, on: event)
                    #expect(type.transitions.contains(Transition(state, event, next)))
                } catch {
                    #expect(!type.allows(event, in: state))
                    #expect(error.kind == .state)
                    let sentence = error.reason.phrase
                    #expect(sentence.vietnamese.contains(state.words.vietnamese))
                    #expect(sentence.english.contains(event.words.english), "\(sentence.english)")
                }
            }
        }
    }

    @Test func `a change that is not in the table is refused with a sentence`() {
        check(PaymentRequestState.self)
        check(RefundState.self)
        check(CaseState.self)
        check(CaseProposalState.self)
        check(StatementState.self)
        check(RecoveryProposalState.self)
        check(EventDeliveryState.self)
    }

    @Test func `a refusal reads as a person would say it`() throws {
        let refusal = #expect(throws: Refusal.self) { try RefundState.next(after: .executed, on: .approve) }
        let sentence = try #require(refusal).reason.phrase
        #expect(sentence.vietnamese == "Khoản hoàn đã lệnh chi: không thể duyệt.")
        #expect(sentence.english == "The refund is executed and cannot be approved.")
        #expect(refusal?.reason.json["code"] == "refund_cannot")
        #expect(refusal?.reason.json["values"] == ["event": "approve", "refund_state": "executed"])
    }
}
