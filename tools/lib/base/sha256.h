/*
 * sha256.h - the digest of bytes (FIPS 180-4), for checksums and fingerprints in files
 */
#ifndef PK_SHA256_H
#define PK_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_HEX = 65 }; /* with the closing NUL */

struct sha256 {
	uint32_t state[8];
	uint64_t length;
	unsigned char block[64];
};

void
sha256_init(struct sha256 *digest);

void
sha256_add(struct sha256 *digest, const void *bytes, size_t length);

/* Ends the digest and writes it in lower-case hexadecimal digits. */
void
sha256_end(struct sha256 *digest, char hex[SHA256_HEX]);

#endif
