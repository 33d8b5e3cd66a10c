// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors
//
// Swift's Glibc module lacks <malloc.h>, which is GNU's own.
#pragma once
#include <malloc.h>
