// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors
#include <libpq-fe.h>
