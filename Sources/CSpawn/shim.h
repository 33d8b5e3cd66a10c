// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors
//
// What Swift's Glibc module leaves out of <spawn.h>, since it is an extension of GNU.
#pragma once
#include <spawn.h>

enum { POSIX_SPAWN_NEW_SESSION = 0x80 };  // POSIX_SPAWN_SETSID

int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int descriptor);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
