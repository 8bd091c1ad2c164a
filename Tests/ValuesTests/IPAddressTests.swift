import PureSupport
import Testing
import Values

/// Addresses, and which of them lie in the public internet.
@Suite struct IPAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::1", "::1"), ("[2001:DB8:0:0:1:0:0:1]", "2001:db8::1:0:0:1"),
        ("::ffff:10.0.0.1", "10.0.0.1"), ("::ffff:a00:1", "10.0.0.1"), ("::", "::"), ("fe80::", "fe80::"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ])
    func `an address is read and written in its plain notation`(_ text: String, _ plain: String) {
        #expect(IPAddress(text)?.description == plain)
    }

    @Test(arguments: [
        "", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.01", "1.2.3.256", "1.2.3", "1.2.3.4.5",
        " 1.2.3.4",
        "::1%eth0", "1::2::3", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "g::", "+1::", "12345::", "localhost",
        "1.2.3.4:80",
    ])
    func `what other programs may take for an address is none`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.255", "192.168.1.1",
        "198.19.0.1",
        "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:169.254.169.254", "fe80::1", "fc00::1", "fd12::1",
        "ff02::1",
        "64:ff9b::a00:1", "2002:a00:1::", "2001::1", "2001:db8::1",
    ])
    func `an address inside is not public`(_ text: String) throws {
        #expect(try !#require(IPAddress(text)).isPublic)
    }

    @Test(arguments: ["1.1.1.1", "172.32.0.1", "100.128.0.1", "203.162.0.11", "2400:cb00::1", "2606:4700:4700::1111"])
    func `an address of the internet is public`(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test func `a range holds the addresses that begin like it`() throws {
        #expect(IPRange("10.0.0.1/8") == nil && IPRange("10.0.0.0/33") == nil && IPRange("10.0.0.0/") == nil)
        var random = Seeded("ranges of addresses")
        for _ in 0..<2000 {
            let size = random.chance(50) ? 4 : 16
            let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            let length = Int.random(in: 0...size * 8, using: &random)
            // The oracle counts bits one by one.
            func bits(_ bytes: [UInt8]) -> [UInt8] {
                bytes.flatMap { byte -> [UInt8] in (0..<8).map { (place: UInt8) in byte >> (7 - place) & 1 } }
            }
            var network = bytes
            for bit in length..<size * 8 { network[bit / 8] &= ~(UInt8(1) << (7 - bit % 8)) }
            guard let first = IPAddress(bytes: network), first.bytes.count == size else { continue }
            let range = try #require(IPRange("\(first)/\(length)"))
            var other = network
            for _ in 0..<3 {
                other[Int.random(in: 0..<size, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let address = IPAddress(bytes: other), address.bytes.count == size else { continue }
            let isInside = bits(other).prefix(length) == bits(network).prefix(length)
            #expect(range.contains(address) == isInside, "\(range) \(address)")
            #expect(IPAddress(address.description) == address)
        }
    }
}
