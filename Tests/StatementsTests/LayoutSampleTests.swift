import Foundation
import Statements
import TestSupport
import Testing
import Values

/// The samples that `Fixtures/statements/layouts/make.py` wrote, with what it says their lines are.
@Suite struct LayoutSampleTests {
    private static let samples = LayoutSample.all

    @Test func `there is a sample of every layout`() throws {
        let banks = try FileManager.default.contentsOfDirectory(
            atPath: Fixture.folder.appending(path: "banks").path
        )
        let sampled = Set(Self.samples.map(\.layout) + banks.map { String($0.prefix { $0 != "." }) })
        #expect(sampled == Set(StatementMapping.builtIn.map(\.name)))
    }

    @Test(arguments: samples)
    func `its lines are those that it was made of`(_ sample: LayoutSample) throws {
        for piece in [1 << 20, 61] {
            let read = try read(sample.bytes, options: sample.options, piece: piece)
            #expect(read.summary.layout == sample.layout)
            #expect(read.lines.map { sample.kept($0) } == sample.lines, "\(sample.file)")
            #expect(read.summary.openingBalance == sample.opening && read.summary.closingBalance == sample.closing)
            let passedOver = read.summary.notes.contains {
                $0.english.hasPrefix("\(sample.others) lines of other accounts")
            }
            #expect(passedOver == (sample.others > 0), "\(read.summary.notes)")
        }
    }

    @Test(arguments: samples)
    func `it is read by its layout's name, too`(_ sample: LayoutSample) throws {
        let format = try #require(StatementFormat(sample.layout))
        #expect(
            try read(sample.bytes, as: format, options: sample.options).lines.map { sample.kept($0) } == sample.lines
        )
    }

    /// An account of a bank without a layout here: whatever the file is read by, its money is never another.
    @Test(arguments: samples)
    func `for an account of another bank it is refused or the same`(_ sample: LayoutSample) throws {
        var options = sample.options
        options.bank = "970400"
        do {
            let read = try read(sample.bytes, options: options)
            #expect(read.lines.map(\.amount) == sample.lines.map(\.amount))
        } catch let refused as StatementRejected { #expect(!refused.foreign.isEmpty, "\(refused)") }
    }

    @Test(arguments: samples)
    func `without a bank it is read by its layout, or refused with the names of those that fit`(_ sample: LayoutSample)
        throws
    {
        var options = sample.options
        options.bank = nil
        do {
            #expect(try read(sample.bytes, options: options).lines.map { sample.kept($0) } == sample.lines)
        } catch let refused as StatementRejected {
            #expect(
                refused.faults.map(\.field) == ["layout"] && refused.faults.first?.value.contains(sample.layout) == true
            )
        }
    }

    @Test(arguments: samples)
    func `for another account nothing of it is read`(_ sample: LayoutSample) throws {
        // What names no account may be of any.
        guard try read(sample.bytes, options: sample.options).summary.account != nil else { return }
        var options = sample.options
        options.account = "5550001112223"
        let error = #expect(throws: StatementRejected.self) { try read(sample.bytes, options: options) }
        #expect(error?.foreign.isEmpty == false && error?.faults.first?.field == "account")
    }
}
