//! A ZIP archive with one file, stored as it is.

/// The smallest version of the format that has what is used here.
const VERSION: u16 = 20;

/// An archive with one file.
pub(super) fn of_one(name: &str, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let name_length = u16::try_from(name.len()).unwrap_or(u16::MAX);
    // What the entry and its line in the directory have in common: no flags, stored, made on
    // the first day that the format knows.
    let mut common = Vec::new();
    for number in [VERSION, 0, 0, 0, 0x21] {
        common.extend(number.to_le_bytes());
    }
    for number in [checksum(bytes), length, length] {
        common.extend(number.to_le_bytes());
    }
    common.extend(name_length.to_le_bytes());
    common.extend(0_u16.to_le_bytes());

    let mut archive = b"PK\x03\x04".to_vec();
    archive.extend(&common);
    archive.extend(name.as_bytes());
    archive.extend(bytes);
    let directory = u32::try_from(archive.len()).unwrap_or(u32::MAX);
    archive.extend(b"PK\x01\x02");
    archive.extend(VERSION.to_le_bytes());
    archive.extend(&common);
    // No comment, first disk, no attributes, and the entry is at the beginning.
    archive.extend([0; 14]);
    archive.extend(name.as_bytes());
    let end = u32::try_from(archive.len()).unwrap_or(u32::MAX);
    archive.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    archive.extend(end.saturating_sub(directory).to_le_bytes());
    archive.extend(directory.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

/// The CRC-32 of some bytes.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = sum & 1;
            sum >>= 1;
            if carry == 1 {
                sum ^= 0xEDB8_8320;
            }
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_that_the_format_wants() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
        assert_eq!(of_one("a", b"b").len(), 30 + 2 + 46 + 1 + 22);
    }
}
