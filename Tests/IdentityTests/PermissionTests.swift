import Identity
import Testing

@Suite struct PermissionTests {
    @Test func `an auditor and a leader change nothing`() {
        let reading: Set<Permission> = [
            .quote, .readPaymentRequest, .readPayer, .readCases, .readRefunds, .readReports, .readEvents,
            .readConnections, .readEventEndpoints, .readAudit, .findPersonalData, .search, .readCatalogue, .readShifts,
            .readRemittances,
        ]
        for permission in Permission.allCases {
            for role in [Role.auditor, .leader] where permission.isGranted(to: role) {
                #expect(reading.contains(permission))
            }
        }
        #expect(Permission.allCases.filter { $0.isGranted(to: .leader) } == [.readReports])
    }

    @Test func `an administrator decides nothing about money`() {
        // Prices too take another role, which puts them in force.
        let others: Set<Permission> = [.findPersonalData, .erasePersonalData, .manageAccess, .proposeCatalogue]
        for permission in Permission.allCases where permission.takesPerson && !others.contains(permission) {
            #expect(!permission.isGranted(to: .admin))
        }
    }

    @Test func `nobody proposes prices and puts them in force by one role`() {
        for role in Role.allCases {
            #expect(!(Permission.proposeCatalogue.isGranted(to: role) && Permission.adoptCatalogue.isGranted(to: role)))
        }
    }

    @Test func `nobody asks for and approves refunds by one role`() {
        for role in Role.allCases {
            #expect(!(Permission.requestRefund.isGranted(to: role) && Permission.approveRefund.isGranted(to: role)))
        }
    }

    @Test func `nobody makes and approves orders to the Treasury by one role`() {
        for role in Role.allCases {
            let makes = Permission.makeRemittance.isGranted(to: role)
            #expect(!(makes && Permission.approveRemittance.isGranted(to: role)))
        }
    }

    @Test func `only persons' roles hold what takes a person, and some role holds each`() {
        for permission in Permission.allCases {
            #expect(Role.allCases.contains { permission.isGranted(to: $0) })
            guard permission.takesPerson else { continue }
            for role in Role.allCases where permission.isGranted(to: role) { #expect(Role.ofPersons.contains(role)) }
        }
    }
}
