// Products of matrices add up in blocks of one size on every machine.
#include "inference/matrices.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Matrices, TakeNoSizeFromTheCaches) {
  EXPECT_TRUE(coalis::blocks_are_fixed);
  EXPECT_EQ(Eigen::l1CacheSize(), 32 << 10);
  EXPECT_EQ(Eigen::l2CacheSize(), 256 << 10);
}

}  // namespace
