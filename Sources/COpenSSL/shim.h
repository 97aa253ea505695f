/// The part of libcrypto that the vault uses, as few whole operations.
///
/// Only the EVP interface of OpenSSL 3.0 that is not deprecated is visible here, so the same source
/// works with 3.x and 4.x. Each function does one operation from start to end, checks every return
/// code, and returns 1 for success and 0 for any failure; nothing is written that may be used after
/// a failure. Lengths are checked against what the EVP calls can take.
#ifndef STEWARD_COPENSSL_H
#define STEWARD_COPENSSL_H

#define OPENSSL_API_COMPAT 30000
#define OPENSSL_NO_DEPRECATED 1

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum {
  VAULT_KEY_LENGTH = 32,
  VAULT_NONCE_LENGTH = 12,
  VAULT_TAG_LENGTH = 16,
  VAULT_DIGEST_LENGTH = 32,
};

/// AES-256-GCM: writes `length` bytes of ciphertext and then the tag to `out + offset`.
static inline int vault_gcm_seal(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher,
                                 const unsigned char *key, const unsigned char *nonce,
                                 const unsigned char *aad, size_t aad_length,
                                 const unsigned char *plaintext, size_t length,
                                 unsigned char *out, size_t offset) {
  int written = 0, last = 0;
  if (aad_length > INT_MAX || length > INT_MAX - 64) return 0;
  out += offset;
  if (EVP_EncryptInit_ex2(context, cipher, key, nonce, NULL) != 1) return 0;
  if (EVP_CIPHER_CTX_get_iv_length(context) != VAULT_NONCE_LENGTH) return 0;
  if (aad_length > 0 &&
      EVP_EncryptUpdate(context, NULL, &written, aad, (int)aad_length) != 1)
    return 0;
  written = 0;
  if (length > 0 && EVP_EncryptUpdate(context, out, &written, plaintext, (int)length) != 1)
    return 0;
  if (EVP_EncryptFinal_ex(context, out + written, &last) != 1) return 0;
  if ((size_t)written + (size_t)last != length) return 0;
  return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, VAULT_TAG_LENGTH, out + length) == 1;
}

/// AES-256-GCM: opens `length` bytes of ciphertext followed by their tag, which begin at
/// `sealed + offset`. When the tag does not hold, `out` is wiped before this returns 0.
static inline int vault_gcm_open(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher,
                                 const unsigned char *key, const unsigned char *nonce,
                                 const unsigned char *aad, size_t aad_length,
                                 const unsigned char *sealed, size_t offset, size_t length,
                                 unsigned char *out) {
  int written = 0, last = 0;
  unsigned char tag[VAULT_TAG_LENGTH];
  if (aad_length > INT_MAX || length > INT_MAX - 64) return 0;
  sealed += offset;
  for (int i = 0; i < VAULT_TAG_LENGTH; i++) tag[i] = sealed[length + (size_t)i];
  if (EVP_DecryptInit_ex2(context, cipher, key, nonce, NULL) != 1) return 0;
  if (EVP_CIPHER_CTX_get_iv_length(context) != VAULT_NONCE_LENGTH) return 0;
  if (aad_length > 0 &&
      EVP_DecryptUpdate(context, NULL, &written, aad, (int)aad_length) != 1)
    return 0;
  written = 0;
  if (length > 0 && EVP_DecryptUpdate(context, out, &written, sealed, (int)length) != 1) {
    OPENSSL_cleanse(out, length);
    return 0;
  }
  if (EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, VAULT_TAG_LENGTH, tag) != 1 ||
      EVP_DecryptFinal_ex(context, out + written, &last) != 1 ||
      (size_t)written + (size_t)last != length) {
    OPENSSL_cleanse(out, length);
    return 0;
  }
  return 1;
}

/// Gives a context its key for HMAC with SHA-256.
static inline int vault_hmac_key(EVP_MAC_CTX *context, const unsigned char *key, size_t length) {
  char name[] = "SHA256";
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_END};
  return EVP_MAC_init(context, key, length, parameters) == 1;
}

/// The code of a message under the key that the context already has; the context may be used again.
static inline int vault_hmac_code(EVP_MAC_CTX *context, const unsigned char *message,
                                  size_t length, unsigned char *out) {
  size_t written = 0;
  if (EVP_MAC_init(context, NULL, 0, NULL) != 1) return 0;
  if (length > 0 && EVP_MAC_update(context, message, length) != 1) return 0;
  if (EVP_MAC_final(context, out, &written, VAULT_DIGEST_LENGTH) != 1) return 0;
  return written == VAULT_DIGEST_LENGTH;
}

/// HKDF with SHA-256 (RFC 5869), extract and expand.
static inline int vault_hkdf(EVP_KDF *hkdf, const unsigned char *secret, size_t secret_length,
                             const unsigned char *salt, size_t salt_length,
                             const unsigned char *info, size_t info_length, unsigned char *out,
                             size_t length) {
  char name[] = "SHA256";
  OSSL_PARAM parameters[5], *next = parameters;
  EVP_KDF_CTX *context = EVP_KDF_CTX_new(hkdf);
  int done;
  if (context == NULL) return 0;
  *next++ = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, name, 0);
  *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)secret, secret_length);
  if (salt_length > 0)
    *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_length);
  if (info_length > 0)
    *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_length);
  *next = OSSL_PARAM_construct_end();
  done = EVP_KDF_derive(context, out, length, parameters) == 1;
  EVP_KDF_CTX_free(context);
  if (!done) OPENSSL_cleanse(out, length);
  return done;
}

/// scrypt (RFC 7914). `most_memory` lifts libcrypto's own cap of 32 MiB; past it this fails.
static inline int vault_scrypt(EVP_KDF *scrypt, const unsigned char *password,
                               size_t password_length, const unsigned char *salt,
                               size_t salt_length, uint64_t n, uint32_t r, uint32_t p,
                               uint64_t most_memory, unsigned char *out, size_t length) {
  OSSL_PARAM parameters[7], *next = parameters;
  EVP_KDF_CTX *context = EVP_KDF_CTX_new(scrypt);
  int done;
  if (context == NULL) return 0;
  *next++ =
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (void *)password, password_length);
  *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_length);
  *next++ = OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n);
  *next++ = OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r);
  *next++ = OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p);
  *next++ = OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &most_memory);
  *next = OSSL_PARAM_construct_end();
  done = EVP_KDF_derive(context, out, length, parameters) == 1;
  EVP_KDF_CTX_free(context);
  if (!done) OPENSSL_cleanse(out, length);
  return done;
}

/// SHA-256 of a message.
static inline int vault_sha256(const EVP_MD *sha256, const unsigned char *message, size_t length,
                               unsigned char *out) {
  unsigned int written = 0;
  return EVP_Digest(message, length, out, &written, sha256, NULL) == 1 &&
         written == VAULT_DIGEST_LENGTH;
}

/// Ends a running SHA-256.
static inline int vault_sha256_end(EVP_MD_CTX *context, unsigned char *out) {
  unsigned int written = 0;
  return EVP_DigestFinal_ex(context, out, &written) == 1 && written == VAULT_DIGEST_LENGTH;
}

/// Random bytes for values that are seen outside, such as nonces and tokens.
static inline int vault_random(unsigned char *out, size_t offset, size_t length) {
  return length <= INT_MAX && RAND_bytes(out + offset, (int)length) == 1;
}

/// Random bytes for keys, from the generator that is never used for public values.
static inline int vault_random_key(unsigned char *out, size_t length) {
  return length <= INT_MAX && RAND_priv_bytes(out, (int)length) == 1;
}

/// Keeps the memory of the process out of core dumps and away from debuggers of the same user.
static inline int vault_forbid_core_dumps(void) {
  struct rlimit none = {0, 0};
  return setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

#endif
