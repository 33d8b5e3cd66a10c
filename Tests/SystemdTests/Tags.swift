// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

extension Tag {
  /// Tests in a booted systemd: they take seconds each, and root.
  @Tag static var booted: Self
}
